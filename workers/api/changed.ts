import { stubs } from '../../durable-objects/stubs.ts'
import { drainOutbox } from '../outbox.ts'
import type { Asked } from './door.ts'

/** After a write to a team's people, keys or endpoints: its objects read it again and open dashboards refetch. Nobody waits for it. */
export function teamChanged(c: Asked, team: string = c.var.team): void {
  const at = Date.now()
  c.executionCtx.waitUntil(drainOutbox(c.env, at, team))
  c.executionCtx.waitUntil(stubs.live(team).publish({ type: 'team', id: team, version: at }))
}
