/** The places checks run from. The wire says these codes; labels and location hints are in regions.ts. */
export const regions = ['us', 'eu', 'as', 'au'] as const
export type Region = (typeof regions)[number]

export const checkErrors = [
  'dns', 'refused', 'unreachable', 'timeout', 'tls', 'status', 'keyword', 'too-large', 'redirect-loop', 'blocked', 'network',
] as const // biome-ignore format: a table
export type CheckError = (typeof checkErrors)[number]

/** What one region is asked to do. Crosses RPC as plain data; secrets in it are already opened and never stored by Probe or Check. */
export type CheckSpec = {
  team: string
  monitor: string
  region: Region
  /** The round this belongs to, or null for a turn. */
  round: string | null
  type: 'status' | 'expected_status_code' | 'keyword' | 'keyword_absence'
  url: string
  method: string
  headers: Record<string, string>
  body: string | null
  username: string | null
  password: string | null
  followRedirects: boolean
  timeoutMs: number
  expectedStatusCodes: number[]
  keyword: string | null
}

/** What it saw. `at` is when the check began, epoch ms. Times that the runtime does not give are null, never invented. */
export type CheckResult = {
  monitor: string
  region: Region
  round: string | null
  at: number
  /** Where it really ran, when the platform says so. */
  colo: string | null
  outcome: 'up' | 'down'
  error: CheckError | null
  status: number | null
  ttfbMs: number | null
  totalMs: number
  bytes: number
  /** For failures only: at most 2 KB of what came back, secrets masked. */
  excerpt: string | null
}
