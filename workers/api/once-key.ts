import { hashToken } from '../../shared/ids.ts'
import { Problem } from '../../shared/problem.ts'
import type { Asked } from './door.ts'

/** `Idempotency-Key` and the hash of the body, for an object that remembers its own creations; undefined without the header. */
export async function onceKey(c: Asked): Promise<{ key: string; body: string } | undefined> {
  const key = c.req.header('idempotency-key')
  if (!key) return undefined
  if (key.length > 255) throw new Problem('invalid', 'Idempotency-Key is at most 255 characters long.')
  return { key, body: await hashToken(await c.req.text()) }
}
