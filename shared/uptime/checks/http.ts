import { diagnose, type Network } from './diagnose.ts'
import { isAllowedTarget } from './guard.ts'
import { masked } from './mask.ts'
import { transportFailure } from './platform.ts'
import type { CheckError, CheckResult, CheckSpec } from './spec.ts'

export type Effects = Network & {
  now(): number
  /** Where this runs, when the platform says so. */
  colo: string | null
}

const BODY_BYTES_MAX = 1_000_000
const EXCERPT_BYTES_MAX = 2048
const REDIRECTS_MAX = 10

type Seen = Pick<CheckResult, 'outcome' | 'error' | 'status' | 'ttfbMs' | 'bytes' | 'excerpt'>
const nothing: Seen = { outcome: 'down', error: null, status: null, ttfbMs: null, bytes: 0, excerpt: null }

/**
 * One check over HTTP: the last answer after redirects must have an expected status and, for keyword types, hold or lack the
 * keyword in its first 1 MB. The timeout covers redirects and the body. Never throws: what goes wrong is the result.
 */
export async function checkHttp(spec: CheckSpec, fx: Effects): Promise<CheckResult> {
  const at = fx.now()
  const signal = AbortSignal.timeout(spec.timeoutMs)
  const { seen, failed } = await answerOf(spec, fx, at, signal)
  const totalMs = Math.max(0, fx.now() - at)
  const error = failed ? (signal.aborted ? 'timeout' : await diagnose(failed.url, failed.cause, fx)) : seen.error
  return { monitor: spec.monitor, region: spec.region, round: spec.round, at, colo: fx.colo, totalMs, ...seen, error }
}

type Failed = { url: URL; cause: unknown }

/** Follows redirects by hand, so that each hop is guarded and none carries secrets to another origin. */
async function answerOf(spec: CheckSpec, fx: Effects, at: number, signal: AbortSignal): Promise<{ seen: Seen; failed?: Failed }> {
  let url = new URL(spec.url)
  let request: RequestInit = { method: spec.method, headers: headersOf(spec), ...(spec.body === null ? {} : { body: spec.body }) }
  const visited = new Set<string>()
  let again = true
  for (;;) {
    const down = (error: CheckError, more: Partial<Seen> = {}) => ({ seen: { ...nothing, error, ...more } })
    if (!isAllowedTarget(url, fx.privateAllowed)) return down('blocked')
    const step = `${request.method} ${url}`
    if (visited.has(step) || visited.size > REDIRECTS_MAX) return down('redirect-loop')
    let response: Response
    try {
      response = await fx.egress.fetch(url.href, { ...request, redirect: 'manual', cache: 'no-store', signal })
    } catch (cause) {
      if (!again || signal.aborted || !isStale(request, cause)) return { seen: nothing, failed: { url, cause } }
      again = false
      continue
    }
    visited.add(step)
    const ttfbMs = Math.max(0, fx.now() - at)
    const next = spec.followRedirects && redirect(response, url, request)
    if (next) {
      await response.body?.cancel().catch(() => {})
      url = next.url
      request = next.request
      continue
    }
    const status = response.status
    let body: Body
    try {
      body = await read(response)
    } catch (cause) {
      return { seen: { ...nothing, status, ttfbMs }, failed: { url, cause } }
    }
    return { seen: verdictOn(spec, response, body, ttfbMs) }
  }
}

/**
 * The runtime keeps connections and a server may close one at the moment it is used again: 5 % of the checks of a server that
 * closes after 5 s (measured). RFC 9112 §9.3.1: a request that changes nothing may be repeated.
 */
const isStale = (request: RequestInit, cause: unknown): boolean =>
  ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '') && /connection lost/i.test(String((cause as Error)?.message))

/** RFC 9110 §15.4: 303 becomes GET, 301 and 302 do for POST as everybody does, 307 and 308 repeat the request. */
function redirect(response: Response, from: URL, request: RequestInit): { url: URL; request: RequestInit } | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null
  const location = response.headers.get('location')
  const url = location === null ? null : URL.parse(location, from.href)
  if (!url) return null
  url.username = url.password = ''
  const { body, ...rest } = request
  const becomesGet = (response.status === 303 && request.method !== 'HEAD') || (response.status <= 302 && request.method === 'POST')
  const headers = url.origin === from.origin ? (request.headers as Headers) : harmless(request.headers as Headers)
  if (becomesGet) headers.delete('content-type')
  return { url, request: becomesGet ? { ...rest, method: 'GET', headers } : { ...rest, headers, ...(body == null ? {} : { body }) } }
}

/** What may go to an origin that the customer did not name. */
const harmless = (headers: Headers) => {
  const kept = new Headers()
  for (const name of ['user-agent', 'accept', 'accept-language', 'content-type']) {
    const value = headers.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}

function headersOf(spec: CheckSpec): Headers {
  const headers = new Headers({ 'user-agent': 'Tocsin uptime check', accept: '*/*' })
  if (spec.username !== null) headers.set('authorization', `Basic ${base64(`${spec.username}:${spec.password ?? ''}`)}`)
  for (const [name, value] of Object.entries(spec.headers)) headers.set(name, value)
  return headers
}
/** RFC 7617 in UTF-8. */
const base64 = (text: string) => btoa(Array.from(new TextEncoder().encode(text), (b) => String.fromCharCode(b)).join(''))

type Body = { bytes: Uint8Array; whole: boolean }

/** The first 1 MB; the rest is left unread. */
async function read(response: Response): Promise<Body> {
  const reader = response.body?.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  let whole = true
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    const part = value.subarray(0, BODY_BYTES_MAX - size)
    parts.push(part)
    size += part.byteLength
    if (part.byteLength < value.byteLength) {
      whole = false
      await reader.cancel().catch(() => {})
      break
    }
  }
  if (parts.length === 1) return { bytes: parts[0]!, whole }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.byteLength
  }
  return { bytes, whole }
}

function verdictOn(spec: CheckSpec, response: Response, body: Body, ttfbMs: number): Seen {
  const status = response.status
  const seen: Seen = { outcome: 'up', error: null, status, ttfbMs, bytes: body.bytes.byteLength, excerpt: null }
  const down = (error: CheckError): Seen => ({ ...seen, outcome: 'down', error, excerpt: excerpt(spec, body) })
  const transport = transportFailure(response, body.bytes)
  if (transport) return { ...down(transport), status: null, ttfbMs: null }
  const expected = spec.expectedStatusCodes.length ? spec.expectedStatusCodes.includes(status) : status >= 200 && status < 300
  if (!expected) return down('status')
  switch (spec.type) {
    case 'status':
    case 'expected_status_code':
      return seen
    case 'keyword':
      return holds(response, body, spec.keyword) ? seen : down(body.whole ? 'keyword' : 'too-large')
    case 'keyword_absence':
      return holds(response, body, spec.keyword) ? down('keyword') : body.whole ? seen : down('too-large')
    default:
      return spec.type satisfies never
  }
}

/** Letter for letter, in the encoding the answer names, else UTF-8. */
function holds(response: Response, body: Body, keyword: string | null): boolean {
  const charset = /charset="?([\w-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1] ?? 'utf-8'
  return decoder(charset)
    .decode(body.bytes)
    .includes(keyword ?? '')
}
function decoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

function excerpt(spec: CheckSpec, body: Body): string | null {
  const text = new TextDecoder().decode(body.bytes.subarray(0, EXCERPT_BYTES_MAX)).replace(/[^\P{Cc}\n\t]/gu, '�')
  const secrets = [spec.password, spec.username, ...Object.values(spec.headers)]
  return masked(text, secrets).slice(0, EXCERPT_BYTES_MAX) || null
}
