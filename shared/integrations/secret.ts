import { Webhook } from 'standardwebhooks'
import { open, type Ring, seal } from '../seal.ts'
import { DAY } from '../time.ts'

/** How long the secret before a rotation still signs: time to bring the new one everywhere. */
export const ROTATION = DAY

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks wants it. `random` gives the bytes. */
export const newSecret = (random: Uint8Array): string => `whsec_${btoa(String.fromCharCode(...random))}`

const about = (team: string) => `${team}:webhooks.secret`

/** As it is stored. */
export const sealSecret = (keys: Ring, team: string, secret: string): Promise<string> => seal(keys, 'webhook', about(team), secret)
/** The secret, or null when its key left the ring. */
export const openSecret = (keys: Ring, team: string, sealed: string): Promise<string | null> => open(keys, 'webhook', about(team), sealed)

/**
 * Headers of a signed message. Standard Webhooks: `v1,<HMAC-SHA-256 of id.timestamp.body>`, one for each secret in force.
 * `at` in epoch ms.
 */
export const signed = (secrets: string[], id: string, at: number, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Tocsin-Webhook/1',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, new Date(at), body)).join(' '),
})
