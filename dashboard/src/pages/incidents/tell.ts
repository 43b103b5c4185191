import type { TimelineBody } from '../../../../shared/incidents/schema.ts'
import { duration, host } from '../../words.ts'
import { channelName, isChannel } from './channel.ts'

/** A line of the timeline in words: who or what first (bold), then the rest. A note is somebody's own text. */
export type Told = { bold: string; rest?: string; glyph: Glyph; note?: string }
export type Glyph = 'down' | 'up' | 'pulse' | 'bell' | 'mail' | 'acknowledged' | 'resolved' | 'person' | 'warn' | 'up-arrow'

/** How to call people (by user id) and what the policy is called. */
export type Names = { person: (id: string) => string; policy: string }

/** The check that began it: a line of its own, before the verdict. */
export const firstFailure: Told = { bold: 'First failed check.', rest: 'All its regions were asked at once.', glyph: 'pulse' }

type Data = Record<string, unknown>
const text = (d: Data, k: string): string => (typeof d[k] === 'string' ? d[k] : '')
const whole = (d: Data, k: string): number => (typeof d[k] === 'number' ? d[k] : 0)
/** "us: 503, eu: 503. 3 of 4 failed, quorum 3": what regions say on one line, the rule's reasons after it; a wait of nothing is left out. */
function why(d: Data): string {
  const all = Array.isArray(d.why) ? d.why.map(String).filter((w) => !/ for 0 s$/.test(w)) : []
  const regions = all.filter((w) => /^[a-z]{2}: /.test(w))
  return [regions.join(', '), ...all.filter((w) => !regions.includes(w))].filter(Boolean).join('. ')
}
const sentence = (s: string): string => (s && !/[.!?…”]$/.test(s) ? `${s}.` : s)
const opt = (rest: string) => (rest ? { rest } : {})

/** Every kind of event has its sentence; a kind of a later release is told by its name. */
export function tell(event: TimelineBody, names: Names): Told {
  const { data: d, actor } = event
  const who = actor.type === 'user' ? actor.name || names.person(actor.id) : actor.name
  const whom = () => (text(d, 'user_id') ? names.person(text(d, 'user_id')) : host(text(d, 'contact')))
  const channel = channelName(text(d, 'channel'))
  switch (event.type) {
    case 'opened':
      return { bold: 'Incident opened.', ...opt(sentence(why(d) || text(d, 'what'))), glyph: 'down' }
    case 'declared':
      return { bold: `Declared by ${who}.`, glyph: 'down' }
    case 'region-changed':
      return { bold: 'Regions changed.', ...opt(sentence(why(d))), glyph: 'pulse' }
    case 'reopened':
      return text(d, 'reason') === 'by-hand'
        ? { bold: `Reopened by ${who}.`, rest: 'The policy begins again.', glyph: 'down' }
        : { bold: 'Failed again, reopened.', ...opt(sentence(why(d))), glyph: 'down' }
    case 'paged':
      return { bold: pagedHow(event, whom()), rest: pagedBecause(d, names.policy), glyph: 'bell' }
    case 'page-accepted': {
      const tries = whole(d, 'attempt')
      const rest = [tries > 1 && `at try ${tries}`, d.possibly_twice === true && 'it may have arrived twice'].filter(Boolean).join(', ')
      return {
        bold: channel === 'Webhook' ? `Webhook ${whom()} answered` : `${channel} to ${whom()} left`,
        rest: rest ? `${rest}.` : '',
        glyph: 'mail',
      }
    }
    case 'page-failed': {
      const after = d.gave_up === true ? 'Not tried any more.' : 'Tried again.'
      return {
        bold: `${channel === 'Webhook' ? 'Webhook' : `${channel} to`} ${whom()} failed.`,
        rest: `${sentence(text(d, 'detail'))} ${after}`.trim(),
        glyph: 'warn',
      }
    }
    case 'page-seen':
      return { bold: `${whom()} saw the page.`, glyph: 'mail' }
    case 'step-passed':
      return { bold: `Step ${whole(d, 'step')} names nobody who can be reached.`, rest: 'The next one did not wait.', glyph: 'warn' }
    case 'target-unreached':
      return { bold: `Step ${whole(d, 'step')} names somebody who cannot be reached.`, rest: 'The others of it were paged.', glyph: 'warn' }
    case 'acknowledgement-lapsed':
      return {
        bold: 'The acknowledgement lapsed.',
        rest: `Not resolved ${duration(whole(d, 'after') * 1000)} after it: paging begins again.`,
        glyph: 'up-arrow',
      }
    case 'nobody-reachable':
      return { bold: 'Nobody of the team can be reached.', rest: 'Asked again every minute.', glyph: 'warn' }
    case 'escalated':
      return { bold: `Escalated by ${who}`, rest: text(d, 'to') ? `to ${text(d, 'to')}.` : '', glyph: 'up-arrow' }
    case 'not-paged':
      return {
        bold: 'Nobody was paged.',
        rest: text(d, 'reason') === 'asked-not-to' ? `${who} asked not to.` : 'Alerts of this monitor are off.',
        glyph: 'bell',
      }
    case 'policy-missing':
      return { bold: 'Its policy no longer exists.', rest: `${names.policy} was taken instead.`, glyph: 'warn' }
    case 'acknowledged':
      return { bold: `Acknowledged by ${who}`, rest: `${via(d)}. Escalation stopped.`.trim(), glyph: 'acknowledged' }
    case 'resolved':
      return resolved(d, who)
    case 'note':
      return { bold: who, note: text(d, 'text'), glyph: 'person' }
    default:
      return { bold: String(event.type satisfies never), glyph: 'pulse' }
  }
}

function via(d: Data): string {
  const channel = text(d, 'channel')
  switch (text(d, 'via')) {
    case 'link':
      return `from the link in the ${channel === 'email' || !isChannel(channel) ? 'e-mail' : channelName(channel).toLowerCase()}`
    case 'keypad':
      return 'by a key on the phone'
    case 'button':
      return `by the button in ${channelName(channel)}`
    default:
      return 'in the dashboard'
  }
}

/** "Paged Ines Okafor by SMS"; a wish for later says when. E-mail, which was all there was, goes without saying. */
function pagedHow({ at, data: d }: TimelineBody, whom: string): string {
  const channel = text(d, 'channel')
  const by =
    channel === 'email' || channel === 'webhook' || !channel ? '' : ` by ${channel === 'sms' ? 'SMS' : channelName(channel).toLowerCase()}`
  const leaves = text(d, 'leaves_at')
  return leaves ? `To page ${whom}${by || ' by e-mail'} after ${duration(Date.parse(leaves) - Date.parse(at))}` : `Paged ${whom}${by}`
}

function pagedBecause(d: Data, policy: string): string {
  const round = whole(d, 'round') > 1 ? `, round ${whole(d, 'round')}` : ''
  switch (text(d, 'reason')) {
    case 'escalated':
      return 'because somebody escalated.'
    case 'fallback':
      return 'at another address: the one before fails.'
    case 'last-resort':
      return 'because nobody of the policy was reached.'
    default:
      return `, step ${whole(d, 'step')} of ${policy}${round}.`
  }
}

function resolved(d: Data, who: string): Told {
  switch (text(d, 'reason')) {
    case 'recovered':
      return { bold: 'Recovered, resolved by itself.', ...opt(sentence(why(d))), glyph: 'up' }
    case 'deleted':
      return { bold: 'Resolved: its monitor was deleted.', glyph: 'resolved' }
    case 'paused':
      return { bold: 'Resolved: its monitor was paused.', glyph: 'resolved' }
    default:
      return { bold: `Resolved by ${who}.`, glyph: 'resolved' }
  }
}
