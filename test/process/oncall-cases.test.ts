import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Layer, ScheduleDefinition } from '../../shared/oncall/definition.ts'
import type { Restriction } from '../../shared/oncall/restrictions.ts'
import type { RotationType } from '../../shared/oncall/rotation.ts'
import { shifts, whoIsOnCall } from '../../shared/oncall/schedule.ts'

type CaseLayer = {
  type: RotationType
  start: string
  end?: string
  interval?: number
  hours?: number
  split?: number[]
  participants: string[]
  turn?: number
  restrictions?: Restriction[]
}
type Case = {
  name: string
  zone: string
  layers: CaseLayer[]
  /** The layers from an instant on: a change that leaves the past alone. */
  then?: { from: string; layers: CaseLayer[] }
  overrides?: { user: string; from: string; until: string; replaces?: string; layer?: string }[]
  from: string
  to: string
  /** Whole shifts that overlap [from, to): begin, end, person, and the layer where the case is about it. */
  expect: [string, string, string, string?][]
}

const layerOf = (l: CaseLayer, i: number): Layer => ({
  id: `l${i}`,
  name: `Layer ${i + 1}`,
  calendar: null,
  restrictions: l.restrictions ?? [],
  rotation: {
    type: l.type,
    interval: l.interval ?? 1,
    hours: l.hours ?? null,
    split: l.split ?? null,
    start: Date.parse(l.start),
    end: l.end ? Date.parse(l.end) : null,
    participants: l.participants,
    turn: l.turn ?? 0,
  },
})

const definition = (c: Case): ScheduleDefinition => ({
  v: 1,
  id: 's',
  name: c.name,
  versions: [
    { from: 0, zone: c.zone, layers: c.layers.map(layerOf) },
    ...(c.then ? [{ from: Date.parse(c.then.from), zone: c.zone, layers: c.then.layers.map(layerOf) }] : []),
  ],
  overrides: (c.overrides ?? []).map((o, i) => ({
    id: `o${i}`,
    user: o.user,
    from: Date.parse(o.from),
    until: Date.parse(o.until),
    replaces: o.replaces ?? null,
    layer: o.layer ?? null,
    reason: 'override',
  })),
})

const cases = (file: string): Case[] => JSON.parse(readFileSync(`test/cases/oncall/${file}.json`, 'utf8'))
const iso = (text: string) => new Date(text).toISOString()

describe.each(['rotations', 'restrictions', 'layers', 'overrides'])('%s', (file) => {
  test.each(cases(file).map((c) => [c.name, c] as const))('%s', (_, c) => {
    const def = definition(c)
    const found = shifts(def, Date.parse(c.from), Date.parse(c.to))
    expect(found.map((s) => [new Date(s.from).toISOString(), new Date(s.until).toISOString(), s.user])).toEqual(
      c.expect.map(([from, until, user]) => [iso(from), iso(until), user]),
    )
    for (const [i, [from, , , layer]] of c.expect.entries()) {
      if (layer) expect(found[i]!.layer).toBe(layer)
      expect(whoIsOnCall(def, Date.parse(from))).toMatchObject({ user: c.expect[i]![2], since: Date.parse(from) })
    }
  })
})
