import { egress } from '../durable-objects/egress.ts'
import type { Env } from '../durable-objects/env.ts'
import type { Posted } from '../durable-objects/stubs.ts'
import { SECOND } from '../shared/time.ts'
import { isAllowedTarget } from '../shared/uptime/checks/guard.ts'

const TIMEOUT_MS = 10 * SECOND
const RESPONSE_BYTES_MAX = 1024

/** Posts to an address a customer typed: guarded, no redirects followed, 10 s for everything, the first kilobyte of the answer. Never throws. */
export async function post(
  env: Env,
  url: string,
  headers: Record<string, string>,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<Posted> {
  const began = Date.now()
  const silent = (error: string, late = false): Posted => ({
    status: null,
    error,
    late,
    ms: Date.now() - began,
    response: null,
    retryAfter: null,
  })
  if (!URL.canParse(url) || !isAllowedTarget(new URL(url), Boolean(env.ALLOW_PRIVATE_TARGETS)))
    return silent('This address is not allowed: it is private or not http.')
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const r = await egress(env).fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    const response = await firstOf(r).catch(() => null)
    const asked = r.headers.get('retry-after')
    return {
      status: r.status,
      error: null,
      late: false,
      ms: Date.now() - began,
      response,
      retryAfter: asked && /^\d+$/.test(asked) ? Number(asked) : null,
    }
  } catch {
    return signal.aborted ? silent(`No answer within ${TIMEOUT_MS / SECOND} s.`, true) : silent('The endpoint cannot be reached.')
  }
}

/** An endless answer is cut, not waited for. */
async function firstOf({ body }: Response): Promise<string | null> {
  if (!body) return null
  const reader = body.getReader()
  const bytes = new Uint8Array(RESPONSE_BYTES_MAX)
  let length = 0
  while (length < RESPONSE_BYTES_MAX) {
    const { done, value } = await reader.read()
    if (done) break
    const part = (value as Uint8Array).subarray(0, RESPONSE_BYTES_MAX - length)
    bytes.set(part, length)
    length += part.length
  }
  await reader.cancel()
  return length ? new TextDecoder().decode(bytes.subarray(0, length)) : null
}
