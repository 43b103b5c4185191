import type { FieldError } from '../../shared/problem.ts'

/** What the API refused, as its problem says it. `status` 0: no answer came. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldError[]
  readonly requestId: string | null
  /** Seconds. */
  readonly retryAfter: number | null
  constructor(
    status: number,
    code: string,
    detail: string,
    more: { errors?: FieldError[]; requestId?: string | null; retryAfter?: number | null },
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = more.errors ?? []
    this.requestId = more.requestId ?? null
    this.retryAfter = more.retryAfter ?? null
  }
}

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>
type Options = { query?: Query; body?: unknown; signal?: AbortSignal; key?: string; publicly?: boolean }

let team: string | null = null
/** The team every later request speaks of (`X-Team`); null leaves the choice to the session. */
export const speakOfTeam = (id: string | null): void => {
  team = id
}
export const teamSpokenOf = (): string | null => team

/** The one way to the API. 401 leads to the sign-in page and back, unless the page is a public one. */
async function call<T>(method: string, path: string, { query, body, signal, key, publicly }: Options = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(path + search(query), {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(team && !publicly ? { 'x-team': team } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
    })
  } catch (e) {
    if (signal?.aborted) throw e
    throw new ApiError(0, 'unreachable', 'No answer. Is this machine online, and is Tocsin running?', {})
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  const error = await problemOf(response)
  if (error.status === 401 && !publicly) location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
  throw error
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const p = (body && typeof body === 'object' ? body : {}) as { code?: string; detail?: string; errors?: FieldError[]; request_id?: string }
  const wait = Number(response.headers.get('retry-after'))
  return new ApiError(response.status, p.code ?? 'internal', p.detail ?? `The answer was ${response.status} without a reason.`, {
    ...(p.errors ? { errors: p.errors } : {}),
    requestId: p.request_id ?? response.headers.get('x-request-id'),
    retryAfter: wait > 0 ? wait : null,
  })
}

function search(query: Query | undefined): string {
  const params = new URLSearchParams()
  for (const [k, v] of Object.entries(query ?? {})) {
    const text = v == null ? '' : typeof v === 'object' ? v.join(',') : String(v)
    if (text) params.set(k, text)
  }
  const text = params.toString()
  return text && `?${text}`
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    call<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
  post: <T>(path: string, body: unknown = {}, options: Pick<Options, 'key' | 'publicly' | 'signal'> = {}) =>
    call<T>('POST', path, { body, ...options }),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, { body }),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, { body }),
  delete: <T = void>(path: string) => call<T>('DELETE', path),
  /** For pages that strangers see: no team, and 401 is an answer like any other. */
  ask: <T>(path: string, query?: Query) => call<T>('GET', path, { publicly: true, ...(query ? { query } : {}) }),
}

/** The message under the field `path`, also when the API names something inside it (`regions.2`). */
export const fieldError = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError ? error.errors.find((e) => e.path === path || e.path.startsWith(`${path}.`))?.message : undefined

/** What to tell about any failure, in one sentence. */
export const sentence = (error: unknown): string => (error instanceof Error ? error.message : 'Something failed that has no name.')

/** True when trying the same again cannot help. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
