import type { Bar } from './lane.tsx'
import type { Cover, Override, Shift } from './queries.ts'
import { initials, span } from './say.ts'

type Words = { zone: string; now: number; nameOf: (user: string) => string; colourOf: (user: string) => string }
const times = (s: { start_time: string; end_time: string }) => [Date.parse(s.start_time), Date.parse(s.end_time)] as const

/** A shift as a bar. Whoever stands in says for whom: `overrides` tells whose time it was. */
export function shiftBar(s: Shift, overrides: readonly Override[], { zone, now, nameOf, colourOf }: Words): Bar {
  const [from, to] = times(s)
  const name = nameOf(s.user_id)
  const replaced = overrides.find((o) => o.id === s.override_id)?.replaces
  const instead = replaced && replaced !== s.user_id ? ` for ${nameOf(replaced)}` : ''
  const why = s.cover_request_id ? `, covers${instead}` : s.is_override ? `, override${instead}` : ''
  const note = s.override_reason ? `: ${s.override_reason}` : ''
  return {
    key: s.id + s.user_id, from, to, name, short: initials(name), colour: colourOf(s.user_id),
    aside: instead.trim(),
    title: `${name}${why}, ${span(from, to, zone, now)}${note}`,
  } // biome-ignore format: a bar
}

export function overrideBar(o: Override, { zone, now, nameOf, colourOf }: Words): Bar {
  const [from, to] = times(o)
  const name = nameOf(o.user_id)
  const aside = o.replaces ? `for ${nameOf(o.replaces)}` : ''
  return {
    key: o.id, from, to, name, short: initials(name), colour: colourOf(o.user_id), aside, look: 'override',
    title: `${name}${o.cover_request_id ? ' covers' : ''} ${aside}, ${span(from, to, zone, now)}`.replace(' ,', ','),
  } // biome-ignore format: a bar
}

export function askedBar(c: Cover, { zone, now, nameOf, colourOf }: Words): Bar {
  const [from, to] = [Date.parse(c.from), Date.parse(c.to)]
  return {
    key: c.id, from, to, name: `${nameOf(c.user_id)} asks`, short: '?', colour: colourOf(c.user_id), look: 'asked',
    title: `${nameOf(c.user_id)} asks for cover, ${span(from, to, zone, now)}`,
  } // biome-ignore format: a bar
}

/** Where nobody is on call in [from, to). `shifts` are in order and do not overlap. */
export function gapBars(shifts: readonly Shift[], from: number, to: number, { zone, now }: Pick<Words, 'zone' | 'now'>): Bar[] {
  const out: Bar[] = []
  let reached = from
  const gap = (until: number) => {
    if (until <= reached) return
    const title = `Nobody, ${span(reached, until, zone, now)}`
    out.push({ key: `gap${reached}`, from: reached, to: until, name: 'Nobody', short: '!', colour: '', look: 'gap', title })
  }
  for (const s of shifts) {
    const [start, end] = times(s)
    gap(Math.min(start, to))
    reached = Math.max(reached, end)
  }
  gap(to)
  return out
}
