import { iso, isoOrNull } from '../../time.ts'
import type { Active } from './evaluate.ts'
import type { AlertBody } from './schema.ts'
import { typedOver } from './store.ts'
import type { AlertRow, HeadState } from './table.ts'

/** What the object knows beside the row; absent when it does not answer or has not heard of it yet. */
export type Facts = {
  state: HeadState
  since: number
  trouble: string | null
  evaluatedAt: number | null
  missed: { from: number; to: number; count: number } | null
  incident: string | null
  active: Active[]
  activeCount: number
  firingCount: number
}

export function alertBody(
  row: Omit<AlertRow, 'number'>,
  facts: Facts | null,
  fired: { count: number; last: number } | null | undefined,
  opened?: { count: number; acted: number },
): AlertBody {
  const { name, ...typed } = typedOver(row, {})
  const known = row.paused ? null : facts
  return {
    id: row.id,
    ...typed,
    name,
    paused: row.paused,
    group_id: row.group_id,
    state: row.paused ? 'PAUSED' : known ? (known.state.toUpperCase() as 'FIRING') : 'INACTIVE',
    state_since: known?.since ? iso(known.since) : null,
    health: known?.trouble ? 'unknown' : known?.evaluatedAt ? 'ok' : 'pending',
    error: known?.trouble ?? null,
    active: (known?.active ?? []).map((a) => ({
      labels: a.labels,
      annotations: a.annotations,
      state: a.state.toUpperCase() as 'PENDING' | 'FIRING',
      value: a.value,
      active_at: iso(a.activeAt),
      fired_at: isoOrNull(a.firedAt),
    })),
    active_count: known?.activeCount ?? 0,
    firing_count: known?.firingCount ?? 0,
    last_evaluated_at: isoOrNull(known?.evaluatedAt),
    missed: known?.missed ? { from: iso(known.missed.from), to: iso(known.missed.to), count: known.missed.count } : null,
    incident_id: known?.incident ?? null,
    fired_30d: fired === null ? null : (fired?.count ?? 0),
    last_fired_at: isoOrNull(fired?.last),
    incidents_30d: opened?.count ?? 0,
    acted_on_30d: opened?.acted ?? 0,
    created_at: iso(row.created_at),
    updated_at: iso(row.updated_at),
  }
}
