import { open, type Ring, seal } from '../seal.ts'
import type { Monitor } from './table.ts'

type Secrets = Pick<Monitor, 'auth_password' | 'request_headers'>

const PURPOSE = 'monitor'
const about = (team: string, column: keyof Secrets) => `${team}:monitors.${column}`

/** Passwords and header values as they are stored: sealed, bound to team and column. */
export async function sealSecrets(keys: Ring, team: string, plain: Secrets): Promise<Secrets> {
  return {
    auth_password: plain.auth_password === null ? null : await seal(keys, PURPOSE, about(team, 'auth_password'), plain.auth_password),
    request_headers: await Promise.all(
      plain.request_headers.map(async ({ name, value }) => ({
        name,
        value: await seal(keys, PURPOSE, about(team, 'request_headers'), value),
      })),
    ),
  }
}

/** The other way, for the check alone. A value whose key left the ring is null: the check says so instead of sending nonsense. */
export async function openSecrets(keys: Ring, team: string, sealed: Secrets): Promise<Secrets | null> {
  const password = sealed.auth_password === null ? null : await open(keys, PURPOSE, about(team, 'auth_password'), sealed.auth_password)
  const headers = await Promise.all(
    sealed.request_headers.map(async ({ name, value }) => ({
      name,
      value: await open(keys, PURPOSE, about(team, 'request_headers'), value),
    })),
  )
  if (sealed.auth_password !== null && password === null) return null
  if (headers.some((h) => h.value === null)) return null
  return { auth_password: password, request_headers: headers as { name: string; value: string }[] }
}
