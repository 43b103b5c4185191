import { places } from '../../../../shared/uptime/regions.ts'
import type { Incident, Monitor } from '../../wire.ts'
import { and } from '../../words.ts'

const names = (regions: Monitor['failing_regions']) => and(regions.map((r) => places[r].label))

/** The page's first words, and the reason under them. */
export function saying(
  m: Monitor,
  incident: Pick<Incident, 'cause'> | undefined,
): { title: string; since: 'for' | 'since' | null; reason: string | null } {
  const alone =
    m.failing_regions.length > 0
      ? `${names(m.failing_regions)} ${m.failing_regions.length > 1 ? 'fail' : 'fails'}; ${m.quorum} of ${m.regions.length} are needed`
      : null
  switch (m.status) {
    case 'down': {
      const well = m.regions.filter((r) => !m.failing_regions.includes(r))
      const again = m.failing_regions.length && well.length ? `; ${names(well)} ${well.length > 1 ? 'answer' : 'answers'}` : ''
      return { title: `${m.name} is down`, since: 'for', reason: incident ? `${incident.cause}${again}` : null }
    }
    case 'validating':
      return {
        title: `${m.name} is being checked again`,
        since: 'for',
        reason: `A region failed; all ${m.regions.length} are asked at once${alone ? `. ${alone}` : ''}`,
      }
    case 'maintenance':
      return { title: `${m.name} is in maintenance`, since: 'since', reason: 'Checks go on, nobody is paged, uptime leaves it out' }
    case 'paused':
      return { title: `${m.name} is paused`, since: 'since', reason: 'Nobody checks it and nobody is paged' }
    case 'pending':
      return { title: `${m.name} waits for its first check`, since: null, reason: 'It runs within a second or two' }
    case 'up':
      return { title: `${m.name} is up`, since: 'for', reason: alone }
  }
  return m.status satisfies never
}
