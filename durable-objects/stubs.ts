import { exports } from 'cloudflare:workers'
import { proxyDurable } from 'itty-durable/proxy-durable.js'
import type { Asking, Seen, TrainAsking, Trained } from '../shared/metrics/alerts/asking.ts'
import type { Page, Receipt } from '../shared/notify/page.ts'
import type { CheckResult, CheckSpec } from '../shared/uptime/checks/spec.ts'
import type { TableName } from '../shared/warehouse/insert.ts'
import type { Alerts } from './alerts.ts'
import type { Incidents } from './incidents.ts'
import type { Live } from './live.ts'
import type { MonitorShard } from './monitor-shard.ts'
import type { Probe } from './probe.ts'
import type { Schedule } from './schedule.ts'
import type { Spool } from './spool.ts'
import type { Tail } from './tail.ts'

/** How an address that a customer typed answered a POST; `status` null with an `error` in words when it did not, `late` when it may have taken it all the same. `retryAfter` in seconds. */
export type Posted = {
  status: number | null
  error: string | null
  late: boolean
  ms: number
  response: string | null
  retryAfter: number | null
}

/** Entrypoints of workers/: each call is an invocation of its own, with connections of its own. */
type Entrypoints = {
  Evaluate: { run(asking: Asking): Promise<Seen[]>; train(asking: TrainAsking): Promise<Trained> }
  Check: { run(group: CheckSpec[]): Promise<CheckResult[]> }
  Deliver: {
    send(page: Page): Promise<Receipt>
    drain(team: string): Promise<void>
    post(url: string, headers: Record<string, string>, body: string): Promise<Posted>
  }
}
type Objects = {
  Alerts: Alerts
  Incidents: Incidents
  Live: Live
  MonitorShard: MonitorShard
  Probe: Probe
  Schedule: Schedule
  Spool: Spool
  Tail: Tail
}

const all = exports as unknown as { [K in keyof Objects]: DurableObjectNamespace<Objects[K] & Rpc.DurableObjectBranded> } & Entrypoints

/** The only way to reach an object. Names begin with the team of the credential, or are numbers that nobody outside chooses. */
export const stubs = {
  alerts: (team: string) => all.Alerts.getByName(team),
  incidents: (team: string) => all.Incidents.getByName(team),
  live: (team: string) => all.Live.getByName(team),
  /** `shard` is the column of a monitor's row. */
  monitorShard: (shard: number) => all.MonitorShard.getByName(String(shard)),
  probe: (region: CheckSpec['region'], slice: number, locationHint?: DurableObjectLocationHint) =>
    all.Probe.get(all.Probe.idFromName(`${region}:${slice}`), locationHint ? { locationHint } : {}),
  /** The itty-durable object: its proxy answers every property, `then` too, so it is never awaited itself. */
  schedule: (team: string, id: string) =>
    proxyDurable(all.Schedule, { name: 'Schedule', parse: true }).get(`${team}/${id}`) as Pick<Schedule, 'refresh' | 'forget'> & {
      whoIsOnCall(at: number): Promise<ReturnType<Schedule['whoIsOnCall']>>
    },
  /** One per table: a table that ClickHouse will not take holds up no other. */
  spool: (table: TableName) => all.Spool.getByName(table),
  /** `<team>/<source>`, or `<team>/*` for several sources at once. */
  tail: (name: string) => all.Tail.getByName(name),
  evaluate: (asking: Asking) => all.Evaluate.run(asking),
  train: (asking: TrainAsking) => all.Evaluate.train(asking),
  check: (group: CheckSpec[]) => all.Check.run(group),
  deliver: (page: Page) => all.Deliver.send(page),
  /** Sends at once what an object put into the outbox; without it the minute's cron does. */
  drain: (team: string) => all.Deliver.drain(team),
  post: (url: string, headers: Record<string, string>, body: string) => all.Deliver.post(url, headers, body),
}
