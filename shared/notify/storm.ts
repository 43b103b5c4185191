import { SECOND } from '../time.ts'
import type { ChannelName } from './page.ts'

type Rule = {
  /** After one message to a contact, the next waits this long; what is due by then goes together with it. Null: one message a page. */
  windowMs: number | null
  /** Messages a minute and at once, of which `reserve` at once are for critical pages. Null: no limit of ours. */
  limit: { perMinute: number; burst: number; reserve: number } | null
}

/**
 * How much a person and an account bear. A phone rings once for everything within its window; a mail is one incident, with a link of
 * its own. Limits are per team, under the carriers' own (Twilio: 1 SMS/s per number; Telegram: 30/s per bot, 1/s per chat).
 */
export const storm = {
  voice: { windowMs: 60 * SECOND, limit: { perMinute: 20, burst: 20, reserve: 10 } },
  sms: { windowMs: 30 * SECOND, limit: { perMinute: 60, burst: 60, reserve: 20 } },
  push: { windowMs: 10 * SECOND, limit: { perMinute: 600, burst: 600, reserve: 100 } },
  telegram: { windowMs: 10 * SECOND, limit: { perMinute: 300, burst: 300, reserve: 100 } },
  email: { windowMs: null, limit: { perMinute: 6000, burst: 6000, reserve: 1000 } },
  webhook: { windowMs: null, limit: null },
} satisfies Record<ChannelName, Rule> as Record<ChannelName, Rule>

/** `sentAt`: the last message to this contact, 0 for none. `spent`: the channel's account, from the last `Pass`; 0 at first. Epoch ms. */
export type Before = { sentAt: number; spent: number }
export type Gate = { pass: true; spent: number } | { pass: false; until: number; why: string }

/**
 * Whether a page may leave now. Held ones are told why and until when, and are never dropped. The limit is a leaky bucket (GCRA): one
 * number, the time at which it would be empty; pages that are not critical leave the last `reserve` messages to those that are.
 */
export function gate(channel: ChannelName, critical: boolean, { sentAt, spent }: Before, at: number): Gate {
  const { windowMs, limit } = storm[channel]
  if (windowMs !== null && at < sentAt + windowMs)
    return {
      pass: false,
      until: sentAt + windowMs,
      why: `Waits: this contact was told of another incident less than ${windowMs / SECOND} s ago.`,
    }
  if (!limit) return { pass: true, spent }
  const each = (60 * SECOND) / limit.perMinute
  const empty = Math.max(spent, at)
  const room = (limit.burst - (critical ? 0 : limit.reserve)) * each
  const until = empty + each - room
  if (until > at)
    return {
      pass: false,
      until: Math.ceil(until),
      why: `Waits: the team's limit of ${limit.perMinute} a minute for this channel is reached.`,
    }
  return { pass: true, spent: empty + each }
}
