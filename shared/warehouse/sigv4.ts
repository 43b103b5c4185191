/** AWS Signature Version 4 for S3, as every S3-compatible store understands it. docs.aws.amazon.com: "Authenticating Requests: Using the Authorization Header". */
export type S3Key = { id: string; secret: string; region: string }

export const UNSIGNED = 'UNSIGNED-PAYLOAD'
/** A signature is refused when its clock is this far from ours. */
const SKEW_MS = 900_000

/** Headers that let this request in; `headers` are those to be signed besides host and x-amz-*. `at` is epoch ms. */
export async function signed(
  key: S3Key,
  method: string,
  url: URL,
  at: number,
  headers: Record<string, string> = {},
  payload = UNSIGNED,
): Promise<Record<string, string>> {
  const date = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const all: Record<string, string> = { ...lower(headers), host: url.host, 'x-amz-content-sha256': payload, 'x-amz-date': date }
  const names = Object.keys(all).sort()
  const scope = `${date.slice(0, 8)}/${key.region}/s3/aws4_request`
  const signature = await signatureOf(
    key,
    scope,
    date,
    canonical(method, url, names, (name) => all[name]!, payload),
  )
  const { host: _, ...sent } = all
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}

/** True when the request was signed with this key, whatever region it says, not longer than a quarter of an hour ago. */
export async function isSigned(key: Pick<S3Key, 'id' | 'secret'>, request: Request, at: number): Promise<boolean> {
  const found = request.headers
    .get('authorization')
    ?.match(/^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/)
  const date = request.headers.get('x-amz-date') ?? ''
  const [, id, day, region, names, signature] = found ?? []
  if (id !== key.id || !/^\d{8}T\d{6}Z$/.test(date) || date.slice(0, 8) !== day) return false
  const sent = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(at - sent) <= SKEW_MS)) return false
  const url = new URL(request.url)
  const headers = names!.split(';')
  if (!headers.includes('host') || !headers.includes('x-amz-date')) return false
  const value = (name: string) => (name === 'host' ? (request.headers.get('host') ?? url.host) : (request.headers.get(name) ?? ''))
  const payload = request.headers.get('x-amz-content-sha256') ?? UNSIGNED
  const text = canonical(request.method, url, headers, value, payload)
  const expected = await signatureOf({ ...key, region: region! }, `${day}/${region}/s3/aws4_request`, date, text)
  return same(expected, signature!)
}

function canonical(method: string, url: URL, names: string[], value: (name: string) => string, payload: string): string {
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
  const headers = names.map((name) => `${name}:${value(name).trim().replace(/\s+/g, ' ')}\n`).join('')
  // each segment encoded once, as S3 alone wants it
  const path = url.pathname.split('/').map((part) => encoded(decodeURIComponent(part))).join('/') // biome-ignore format: one thought
  return [method, path, query, headers, names.join(';'), payload].join('\n')
}

async function signatureOf(key: S3Key, scope: string, date: string, text: string): Promise<string> {
  const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(text))))
  const parts = scope.split('/')
  let secret = bytes(`AWS4${key.secret}`)
  for (const part of parts) secret = await hmac(secret, part)
  return hex(await hmac(secret, ['AWS4-HMAC-SHA256', date, scope, hash].join('\n')))
}

async function hmac(secret: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text)))
}

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const hex = (found: Uint8Array) => Array.from(found, (b) => b.toString(16).padStart(2, '0')).join('')
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
const lower = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** In constant time: both are 64 hexadecimal digits. */
function same(a: string, b: string): boolean {
  let differ = a.length ^ b.length
  for (let i = 0; i < a.length; i++) differ |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return differ === 0
}
