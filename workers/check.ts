import { WorkerEntrypoint } from 'cloudflare:workers'
import { egress } from '../durable-objects/egress.ts'
import type { Env } from '../durable-objects/env.ts'
import { check } from '../shared/uptime/checks/index.ts'
import type { CheckResult, CheckSpec } from '../shared/uptime/checks/spec.ts'
import { addressesOf } from './resolver.ts'

/** Runs a group of at most five checks: an invocation may have six connections that wait for an answer. */
export class Check extends WorkerEntrypoint<Env> {
  async run(group: CheckSpec[]): Promise<CheckResult[]> {
    const { env } = this
    const colo = await whereAmI(env)
    const fx = {
      egress: egress(env),
      resolve: (name: string) => addressesOf(env, name),
      privateAllowed: Boolean(env.ALLOW_PRIVATE_TARGETS),
      now: () => Date.now(),
      colo,
    }
    return Promise.all(group.map((spec) => check(spec, fx)))
  }
}

let colo: Promise<string | null> | undefined

/** The data centre, asked once per isolate; a machine of our own is none. */
function whereAmI(env: Env): Promise<string | null> {
  if (env.EGRESS) return Promise.resolve(null)
  colo ??= fetch('https://cloudflare.com/cdn-cgi/trace', { signal: AbortSignal.timeout(1000) })
    .then(async (r) => /^colo=(\w+)$/m.exec(await r.text())?.[1] ?? null)
    .catch(() => {
      colo = undefined
      return null
    })
  return colo
}
