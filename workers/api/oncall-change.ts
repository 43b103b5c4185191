import { newId } from '../../shared/ids.ts'
import { calendarIds } from '../../shared/oncall/calendar-store.ts'
import { coverMoves, movedCovers } from '../../shared/oncall/cover-store.ts'
import type { ScheduleChange } from '../../shared/oncall/schedule-schema.ts'
import { changeStatements, type Kept, membersOf } from '../../shared/oncall/schedule-store.ts'
import type { VersionRow } from '../../shared/oncall/schedule-table.ts'
import { flatOver, layerErrors, type layersOf, typedLayers } from '../../shared/oncall/typed-layers.ts'
import { DAY } from '../../shared/time.ts'
import type { Asked } from './door.ts'
import { definition, mustNotBePast, refused, scheduleOr404 } from './oncall-asking.ts'

type Version = Pick<VersionRow, 'from_at' | 'timezone' | 'layers'>

/** What somebody typed as it would be kept: a new version, or null when only other attributes change. 422 by path. */
export async function planned(c: Asked, input: ScheduleChange, at: number): Promise<{ kept: Kept; version: Version | null }> {
  const kept = await scheduleOr404(c)
  const asked = input.effective_at ? Date.parse(input.effective_at) : at
  mustNotBePast(asked, at, 'effective_at')
  const from_at = Math.max(asked, at)
  const before = kept.versions.findLast((v) => v.from_at <= from_at) ?? kept.versions[0]!
  const typed = flatOver(input, before.layers)
  const timezone = input.timezone ?? before.timezone
  if (!typed && timezone === before.timezone) return { kept, version: null }
  if (typed) await refuseWrong(c, typed, !input.layers)
  const layers = typed ? typedLayers(typed, before.layers, timezone, from_at, () => newId(at)) : before.layers
  return { kept, version: { from_at, timezone, layers } }
}

/** People and calendars of layers that are not this team's, by path; the seed's flat form has its attributes on the schedule. */
export async function refuseWrong(c: Asked, typed: NonNullable<ReturnType<typeof layersOf>>, isFlat: boolean) {
  const { db, team } = c.var
  const [people, calendars] = await Promise.all([membersOf(db, team), calendarIds(db, team)])
  const known = { people: new Set(people.map((m) => m.id)), calendars: new Set(calendars) }
  const errors = layerErrors(typed, known, (i, attribute) => (isFlat && i === 0 ? attribute : `layers.${i}.${attribute}`))
  if (errors.length) throw refused(errors)
}

/** The schedule as it would be: what was saved for the same time or later gives way. */
const withVersion = ({ row, versions }: Kept, version: Version): Kept => ({
  row,
  versions: [
    ...versions.filter((v) => v.from_at < version.from_at),
    { id: '', team: row.team, schedule_id: row.id, created_at: version.from_at, ...version },
  ],
})

/** Before and after a change, right in [from, to), and what becomes of cover requests. */
export async function compared(c: Asked, kept: Kept, version: Version, [from, to]: [number, number], at: number) {
  const [before, after] = await Promise.all([definition(c, kept, from, to), definition(c, withVersion(kept, version), from, to)])
  return { before, after, moves: await coverMoves(c.var.db, c.var.team, after, version.from_at, at) }
}

/** Saves a change. Layers and zone become a new version; covers of shifts that move with it move. */
export async function change(c: Asked, input: ScheduleChange, at: number): Promise<void> {
  const { db, team } = c.var
  const { kept, version } = await planned(c, input, at)
  const moves = version ? (await compared(c, kept, version, [at - DAY, at + 400 * DAY], at)).moves : []
  const statements = changeStatements(db, team, kept.row.id, { change: input, version }, at)
  await db.batch([...statements, ...movedCovers(db, team, moves, at)])
}
