import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Env } from '../durable-objects/env.ts'
import type { Asking, Seen, TrainAsking, Trained } from '../shared/metrics/alerts/asking.ts'

/** Evaluates rules in an invocation of its own: its time and memory are no object's. PromQL loads when it is first needed. */
export class Evaluate extends WorkerEntrypoint<Env> {
  /** Never throws for anything a query or ClickHouse does. What is recorded is on its way when this returns. */
  async run(asking: Asking): Promise<Seen[]> {
    return (await import('./evaluating.ts')).evaluateRules(this.env, asking)
  }

  /** What is usual for each series of an alert. */
  async train(asking: TrainAsking): Promise<Trained> {
    return (await import('./evaluating.ts')).trainBaselines(this.env, asking)
  }
}
