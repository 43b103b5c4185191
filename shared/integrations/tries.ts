import { HOUR, MINUTE, SECOND } from '../time.ts'

/** How long to wait after the 1st, 2nd, … 11th failed try: twelve tries over a day. */
const WAITS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  10 * HOUR,
] as const
export const TRIES_MAX = WAITS.length + 1

/** How an endpoint answered; `retryAfter` in seconds, when it asked for a pause. */
export type Answer = { status: number | null; retryAfter: number | null }

/**
 * What to do after the `tries`-th try. 2xx is delivered (Standard Webhooks). 410 says that nothing wants these any more: the
 * endpoint is switched off. Everything else, redirects too, is tried again; a pause the endpoint asks for is kept up to an hour.
 */
export function afterTry(tries: number, { status, retryAfter }: Answer, at: number): 'delivered' | 'gone' | 'given-up' | { again: number } {
  if (status !== null && status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  const wait = WAITS[tries - 1]
  if (wait === undefined) return 'given-up'
  const asked = retryAfter === null || !(retryAfter > 0) ? 0 : Math.min(HOUR, retryAfter * SECOND)
  return { again: at + Math.max(wait, asked) }
}
