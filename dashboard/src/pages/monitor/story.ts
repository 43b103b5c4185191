import { places } from '../../../../shared/uptime/regions.ts'
import { saw } from '../../try.ts'
import type { State } from '../../ui/status.tsx'
import type { Monitor } from '../../wire.ts'
import { and, clock, duration } from '../../words.ts'
import type { Look } from './rounds.ts'

export type Sentence = { state: State; bold: string; rest: string }

/**
 * A decision told in at most three sentences: whose turn failed, what the round said, the verdict. `earlier` is the look before it.
 * What cannot be told from the votes stays in the words the rule itself left.
 */
export function story(look: Look, earlier: Look | undefined, m: Pick<Monitor, 'regions' | 'quorum'>, zone: string): Sentence[] {
  const n = m.regions.length
  if (!look.round) {
    const [c] = look.checks
    const who = places[c!.region].label
    if (c!.outcome === 'up')
      return [{ state: 'up', bold: `${who}’s turn.`, rest: `It answered ${saw(c!)}; the next turn is another region’s.` }]
    const asked = n > 1 ? `All ${n} regions were asked at once; ${m.quorum} would have to fail.` : 'It decides alone.'
    return [{ state: 'validating', bold: 'A failure.', rest: `${who}, in its turn, got ${saw(c!)}. ${asked}` }]
  }
  const sentences: Sentence[] = []
  const first = earlier && !earlier.round && earlier.checks[0]!.outcome === 'down' ? earlier.checks[0]! : null
  if (first) {
    const asked = `All ${n} regions were asked at once.`
    sentences.push({
      state: 'validating',
      bold: 'First failure.',
      rest: `${places[first.region].label}, in its turn, got ${saw(first)} at ${clock(Date.parse(first.at), zone)}. ${asked}`,
    })
  }
  const tally = look.why.map((w) => /^(\d+) of (\d+) failed, quorum (\d+)$/.exec(w)).find(Boolean)
  if (tally) {
    const [, failed, all, quorum] = tally
    const enough = Number(failed) >= Number(quorum)
    const well = look.checks.filter((c) => c.outcome === 'up').map((c) => places[c.region].label)
    const answered = enough || !well.length ? '' : ` ${and(well)} answered.`
    sentences.push({
      state: enough ? 'down' : 'up',
      bold: enough ? 'Confirmed.' : 'Not enough.',
      rest: `${failed} of ${all} failed in this round; the quorum is ${quorum}.${answered}`,
    })
  }
  const words = look.why.at(-1)
  const after = first ? `, ${duration(Math.max(0, Date.parse(look.at) - Date.parse(first.at)))} after the first failure` : ''
  const rest = words && !/^\d+ of \d+ failed/.test(words) ? ` ${words[0]!.toUpperCase()}${words.slice(1)}.` : ''
  sentences.push({
    state: look.verdict,
    bold: look.before ? `Verdict ${look.verdict}` : `Still ${look.verdict}`,
    rest: `${look.before ? after : ''}.${rest}`,
  })
  return sentences
}
