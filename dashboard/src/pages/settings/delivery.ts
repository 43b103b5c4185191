import type { DeliveryBody, WebhookBody } from '../../../../shared/integrations/schema.ts'
import { duration } from '../../words.ts'

/** What became of a delivery, in words: "200 in 82 ms", "500, again in 1 m 40 s", "Given up: refused". */
export function outcome(d: Pick<DeliveryBody, 'state' | 'attempts' | 'next_try_at'>, now: number): string {
  const last = d.attempts.at(-1)
  const said = last && (last.status_code === null ? (last.error ?? 'no answer') : String(last.status_code))
  switch (d.state) {
    case 'delivered':
      return last ? `${said} in ${duration(last.duration_ms)}` : 'Delivered'
    case 'failed':
      return `Given up: ${said ?? 'never tried'}`
    case 'pending': {
      const again = d.next_try_at ? Math.max(0, Date.parse(d.next_try_at) - now) : 0
      const when = again < 1000 ? 'now' : `in ${duration(Math.floor(again / 1000) * 1000)}`
      return said ? `${said}, again ${when}` : again ? `first try ${when}` : 'being sent'
    }
    default:
      return d.state satisfies never
  }
}

/** "1", "2, first one: timed out", "3 of 12", "12 in 24 h". */
export function tries(d: Pick<DeliveryBody, 'state' | 'tries' | 'tries_max' | 'attempts' | 'created_at'>): string {
  const first = d.attempts[0]
  if (d.state === 'pending') return d.tries ? `${d.tries} of ${d.tries_max}` : 'none yet'
  if (d.state === 'failed') {
    const last = d.attempts.at(-1)
    return last ? `${d.tries} in ${duration(Math.max(0, Date.parse(last.at) - Date.parse(d.created_at)))}` : String(d.tries)
  }
  return d.tries > 1 && first ? `${d.tries}, the first: ${first.status_code ?? first.error ?? 'no answer'}` : String(d.tries)
}

/** The endpoint's state from its last day: switched off, trying again, fails, answers, nothing sent. */
export function health(w: Pick<WebhookBody, 'enabled' | 'disabled_why' | 'last_day'>): {
  word: string
  tone: 'up' | 'warn' | 'down' | 'idle'
} {
  if (!w.enabled) return { word: w.disabled_why ? 'Switched off by us' : 'Switched off', tone: w.disabled_why ? 'down' : 'idle' }
  if (w.last_day.pending) return { word: 'Trying again', tone: 'warn' }
  if (w.last_day.failed && !w.last_day.delivered) return { word: 'Does not answer', tone: 'down' }
  return w.last_day.delivered ? { word: 'Answers', tone: 'up' } : { word: 'Nothing sent yet', tone: 'idle' }
}

/** "17 sent, 1 waits, 2 given up". */
export const lastDay = ({ delivered, pending, failed }: WebhookBody['last_day']): string =>
  [`${delivered} sent`, pending && `${pending} ${pending === 1 ? 'waits' : 'wait'}`, failed && `${failed} given up`]
    .filter(Boolean)
    .join(', ')

/** The middle of what the delivered ones took, ms; null when none was. */
export function medianMs(deliveries: readonly Pick<DeliveryBody, 'state' | 'attempts'>[]): number | null {
  const took = deliveries.flatMap((d) => (d.state === 'delivered' ? (d.attempts.at(-1)?.duration_ms ?? []) : [])).sort((a, b) => a - b)
  return took.length ? took[Math.floor(took.length / 2)]! : null
}
