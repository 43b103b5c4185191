import { connect } from 'cloudflare:sockets'
import type { Env } from '../durable-objects/env.ts'
import { within } from '../durable-objects/within.ts'
import { type Resolved, resolve, resolveTexts, type Tcp } from '../shared/uptime/checks/dns.ts'

/** The runtime resolves names, but does not tell what it found: so our own question, over TCP, to the resolver of the settings. */
const resolver = (env: Env) => () => {
  const [hostname, port] = env.DNS_RESOLVER.split(/:(?=\d+$)/) as [string, string]
  return connect({ hostname, port: Number(port) }) as Tcp
}

/** A name's addresses; null when the resolver did not say. */
export const addressesOf = (env: Env, name: string): Promise<Resolved> => resolve(resolver(env), name)

const TEXTS_MS = 5000
/** A name's TXT records; null when the resolver did not say within 5 s. */
export const textsOf = (env: Env, name: string): Promise<string[] | null> =>
  within(TEXTS_MS, resolveTexts(resolver(env), name)).catch(() => null)
