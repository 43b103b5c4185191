import { stubs } from '../../durable-objects/stubs.ts'
import { Problem } from '../../shared/problem.ts'
import { door } from './door.ts'

/** `GET /api/live`: the WebSocket of an open dashboard. */
export const live = door().get('/', (c) => {
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') throw new Problem('invalid', 'Open this address as a WebSocket.')
  return stubs.live(c.var.team).fetch(c.req.raw)
})
