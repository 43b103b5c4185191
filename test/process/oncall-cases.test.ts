import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Layer, ScheduleDefinition } from '../../shared/oncall/definition.ts'
import type { Severity } from '../../shared/oncall/escalation.ts'
import type { Restriction } from '../../shared/oncall/restrictions.ts'
import type { RotationType } from '../../shared/oncall/rotation.ts'
import { shifts, whoIsOnCall } from '../../shared/oncall/schedule.ts'
import { simulate } from '../../shared/oncall/simulate.ts'
import { escalatesOf } from '../../shared/oncall/stored.ts'
import { seeded } from '../../shared/oncall/urgency.ts'

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

const cases = <T = Case>(file: string): T[] => JSON.parse(readFileSync(`test/cases/oncall/${file}.json`, 'utf8'))
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

type EscalationCase = Pick<Case, 'name' | 'overrides'> & {
  zone?: string
  /** Targets are people by name, `team`, `schedule` (the one below) or somebody who is gone. */
  steps: { targets: string[] }[]
  repeat_count?: number
  final_team_after?: number
  severity?: Severity
  service?: string
  /** On whose clock `when.hours` are. */
  policy_zone?: string
  rotation?: CaseLayer
  at: string
  /** Time of day in UTC, then who is paged; nobody when the step is passed. */
  expect: string[][]
}
const people = ['ines', 'theo', 'noor']
const target = (name: string) => ({ type: ['team', 'schedule'].includes(name) ? name : 'user', id: name })

describe('escalation', () => {
  test.each(cases<EscalationCase>('escalation').map((c) => [c.name, c] as const))('%s', (_, c) => {
    const steps = c.steps.map((s) => ({ urgency: 'high', ...s, targets: s.targets.map(target) }))
    const more = { repeat_count: c.repeat_count ?? 0, final_team_after: c.final_team_after ?? null, timezone: c.policy_zone ?? 'UTC' }
    const policy = escalatesOf({ id: 'p', name: 'P', steps, ...more })
    const layers = c.rotation ? [c.rotation] : []
    const schedule = { ...definition({ ...c, zone: c.zone ?? 'UTC', layers, from: '', to: '', expect: [] }), id: 'schedule' }
    const found = simulate(
      { policy, severity: c.severity ?? 'sev2', service: c.service ?? null, at: Date.parse(c.at) },
      {
        people: people.map((id) => ({
          id,
          name: id,
          zone: 'UTC',
          contacts: [{ channel: 'email' as const, contact: `${id}@example.com` }],
        })),
        endpoints: [],
        urgencies: seeded.map((u) => ({ ...u, id: u.key })),
        schedules: [schedule],
      },
    )
    expect(found.steps.map((s) => [new Date(s.at).toISOString().slice(11, 19), ...s.pages.map((p) => p.user)])).toEqual(c.expect)
  })
})
