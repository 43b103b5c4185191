import { DurableObject } from 'cloudflare:workers'
import type { CheckResult, CheckSpec } from '../shared/uptime/checks/spec.ts'
import type { Env } from './env.ts'
import { stubs } from './stubs.ts'

/** Exists to be somewhere: one per region (and slice), placed there by its location hint. Remembers nothing. DESIGN §3. */
export class Probe extends DurableObject<Env> {
  /** At most five checks; each group is an invocation of its own, with connections of its own. */
  run(group: CheckSpec[]): Promise<CheckResult[]> {
    return stubs.check(group)
  }
}
