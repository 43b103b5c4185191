import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { readTeam } from '../shared/auth/store.ts'
import { db } from '../shared/db.ts'
import { claim, getDelivery, tried } from '../shared/integrations/deliveries.ts'
import type { Attempt } from '../shared/integrations/schema.ts'
import { openSecret, signed } from '../shared/integrations/secret.ts'
import { getWebhook, switchOff } from '../shared/integrations/store.ts'
import type { WebhookRow } from '../shared/integrations/table.ts'
import { afterTry } from '../shared/integrations/tries.ts'
import type { Poke } from '../shared/outbox.ts'
import { ring } from '../shared/seal.ts'

/** One try of one delivery (`ref`). Answers when it is due again; the try is counted before it is made, so a crash costs one. */
export async function sendWebhook(env: Env, { team, ref }: Poke, at: number): Promise<number | undefined> {
  const database = db(env.DB)
  const delivery = await claim(database, team, ref, at)
  if (!delivery) {
    const now = await getDelivery(database, team, ref)
    return now?.state === 'pending' ? now.next_at : undefined
  }
  const [webhook, alive] = await Promise.all([getWebhook(database, team, delivery.webhook), readTeam(database, team)])
  const end = (state: 'delivered' | 'failed', attempt: Attempt) => tried(database, delivery, attempt, state, null)
  if (!webhook || !alive) {
    await end('failed', unsent(at, 'The endpoint was deleted.'))
    return
  }
  if (!webhook.enabled && delivery.type !== 'webhook.test') {
    await end('failed', unsent(at, 'The endpoint is switched off.'))
    return
  }
  const secrets = await secretsOf(env, webhook, at)
  if (!secrets.length) {
    await end('failed', unsent(at, 'The secret can no longer be opened. Rotate it, then send this again.'))
    return
  }
  const answer = await stubs.post(webhook.url, signed(secrets, delivery.id, Date.now(), delivery.body), delivery.body)
  const { status, error, ms, response, retryAfter } = answer
  const next = afterTry(delivery.tries, { status, retryAfter }, Date.now())
  const attempt: Attempt = { at, status, error: next === 'delivered' ? null : (error ?? `It answered ${status}.`), ms, response }
  if (next === 'delivered') await end('delivered', attempt)
  else if (next === 'given-up') await end('failed', attempt)
  else if (next === 'gone')
    await database.batch([
      tried(database, delivery, attempt, 'failed', null),
      switchOff(database, team, webhook.id, 'It answered 410: nothing wants these messages there any more.', at),
    ])
  else {
    await tried(database, delivery, attempt, 'pending', next.again)
    return next.again
  }
}

const unsent = (at: number, error: string): Attempt => ({ at, status: null, error, ms: 0, response: null })

/** The secret, and the one before while both are in force. */
async function secretsOf(env: Env, { team, secret, secret_before, secret_before_until }: WebhookRow, at: number): Promise<string[]> {
  const inForce = [secret, ...(secret_before && (secret_before_until ?? 0) > at ? [secret_before] : [])]
  const opened = await Promise.all(inForce.map((sealed) => openSecret(ring(env.SECRET_KEYS), team, sealed)))
  return opened.filter((s): s is string => s !== null)
}
