import type { FieldError } from '../problem.ts'
import type { Layer } from './definition.ts'
import { type Rotation, type RotationType, sameHandoffs, withParticipants } from './rotation.ts'
import type { LayerInput, ScheduleChange, ScheduleInput } from './schedule-schema.ts'

/** The layers somebody typed, either as layers or in the seed's flat form; undefined when neither is there. */
export function layersOf(input: ScheduleInput | ScheduleChange): LayerInput[] | undefined {
  if (input.layers) return input.layers
  const { rotation_type, rotation_interval, rotation_interval_hours, rotation_start, participants } = input
  if (rotation_type === undefined && rotation_start === undefined && participants === undefined) return undefined
  return [
    {
      name: 'Rotation',
      rotation_type,
      rotation_interval,
      rotation_interval_hours,
      rotation_start,
      participants: participants ?? [],
      restrictions: [],
    },
  ]
}

/** The flat form over the bottom layer as it stands, so that one attribute may be changed alone. */
export const flatOver = (input: ScheduleChange, standing: readonly Layer[]): LayerInput[] | undefined => {
  const typed = layersOf(input)
  const [bottom, ...above] = standing.map(asInput)
  if (input.layers || !typed || !bottom) return typed
  const given = Object.fromEntries(Object.entries(typed[0]!).filter(([key, value]) => value !== undefined && key in input))
  // another type makes the old type's intervals meaningless
  const changes = given.rotation_type !== undefined && given.rotation_type !== bottom.rotation_type
  return [
    { ...bottom, ...(changes ? { rotation_interval: 1, rotation_interval_hours: null, rotation_split: null } : {}), ...given },
    ...above,
  ]
}

const asInput = (l: Layer): LayerInput => ({
  id: l.id,
  name: l.name,
  calendar_id: l.calendar,
  rotation_type: l.rotation.type,
  rotation_interval: l.rotation.interval,
  rotation_interval_hours: l.rotation.hours,
  rotation_split: l.rotation.split ? [...l.rotation.split] : null,
  rotation_start: new Date(l.rotation.start).toISOString(),
  rotation_end: l.rotation.end === null ? null : new Date(l.rotation.end).toISOString(),
  participants: [...l.rotation.participants],
  restrictions: l.restrictions.map((r) => ({ ...r, days: [...r.days] })),
})

/** What is wrong with layers beyond their shape, by path under `at`. `known` are this team's people and imported calendars. */
export function layerErrors(
  layers: readonly LayerInput[],
  known: { people: ReadonlySet<string>; calendars: ReadonlySet<string> },
  at: (i: number, attribute: string) => string,
): FieldError[] {
  const errors: FieldError[] = []
  for (const [i, l] of layers.entries()) {
    const wrong = (attribute: string, code: string, message: string) => errors.push({ path: at(i, attribute), code, message })
    for (const [n, user] of l.participants.entries())
      if (!known.people.has(user))
        wrong(`participants.${n}`, 'unknown', 'Nobody in this team has this id. GET /api/auth/members lists user_id.')
    if (l.id && layers.findIndex((other) => other.id === l.id) !== i)
      wrong('id', 'twice', 'Two layers have this id. Leave it out of the new one.')
    if (l.calendar_id) {
      if (!known.calendars.has(l.calendar_id)) wrong('calendar_id', 'unknown', 'This team has no imported calendar with this id.')
      continue
    }
    if (!l.rotation_type) wrong('rotation_type', 'required', 'Say DAILY, WEEKLY, MONTHLY or CUSTOM.')
    if (!l.rotation_start) wrong('rotation_start', 'required', 'Say when the first turn begins: its time of day is that of every handoff.')
    if (l.rotation_type && l.rotation_start) for (const [a, c, m] of periodErrors(l)) wrong(a, c, m)
  }
  return errors
}

type Wrong = [attribute: string, code: string, message: string]
const DAY_HOURS: Partial<Record<RotationType, number>> = { daily: 24, weekly: 168 }

function periodErrors(l: LayerInput): Wrong[] {
  const out: Wrong[] = []
  const hours = l.rotation_interval_hours
  const day = DAY_HOURS[l.rotation_type!]
  if (l.rotation_type === 'custom' && !hours)
    out.push(['rotation_interval_hours', 'required', 'A CUSTOM rotation says how many hours a turn is.'])
  if (l.rotation_type === 'monthly' && hours)
    out.push(['rotation_interval_hours', 'invalid', 'Months differ in hours. Leave this out, or say CUSTOM.'])
  if (day && hours && (hours % day || (l.rotation_interval && l.rotation_interval !== hours / day)))
    out.push([
      'rotation_interval_hours',
      'invalid',
      `A ${l.rotation_type!.toUpperCase()} turn has ${day} h or a multiple. Say CUSTOM for other lengths.`,
    ])
  if (l.rotation_type === 'custom' && (hours ?? 0) * (l.rotation_interval ?? 1) > 8784)
    out.push(['rotation_interval', 'invalid', 'A turn is at most a year long.'])
  if (l.rotation_split) {
    const days = 7 * intervalOf(l)
    if (l.rotation_type !== 'weekly') out.push(['rotation_split', 'invalid', 'Only WEEKLY rotations are split.'])
    else if (l.rotation_split.reduce((sum, part) => sum + part, 0) !== days)
      out.push(['rotation_split', 'invalid', `The parts make up the period: ${days} days.`])
  }
  if (l.rotation_end && Date.parse(l.rotation_end) <= Date.parse(l.rotation_start!))
    out.push(['rotation_end', 'invalid', 'The end lies after rotation_start.'])
  return out
}

const intervalOf = (l: LayerInput): number => {
  const day = DAY_HOURS[l.rotation_type!]
  return l.rotation_interval ?? (day && l.rotation_interval_hours ? l.rotation_interval_hours / day : 1)
}

/**
 * Layers as they are kept. One that stood before (same id, same handoffs) goes on with whoever's turn it is at `at`; any other counts
 * from its own start. `id` makes ids for new ones. Valid input only.
 */
export function typedLayers(input: readonly LayerInput[], standing: readonly Layer[], zone: string, at: number, id: () => string): Layer[] {
  return input.map((l, i): Layer => {
    const before = standing.find((s) => s.id === l.id)
    const type = l.rotation_type ?? 'daily'
    const fresh: Rotation = {
      type,
      interval: intervalOf(l),
      hours: type === 'custom' ? (l.rotation_interval_hours ?? 24) : null,
      split: l.rotation_split ?? null,
      start: l.rotation_start ? Date.parse(l.rotation_start) : 0,
      end: l.rotation_end ? Date.parse(l.rotation_end) : null,
      participants: l.calendar_id ? [] : l.participants,
      turn: 0,
    }
    const goesOn = before && !l.calendar_id && sameHandoffs(before.rotation, fresh)
    const rotation = goesOn ? { ...withParticipants(before.rotation, l.participants, zone, at), end: fresh.end } : fresh
    return {
      id: before?.id ?? id(),
      name: l.name ?? before?.name ?? `Layer ${i + 1}`,
      rotation,
      restrictions: l.restrictions,
      calendar: l.calendar_id ?? null,
    }
  })
}
