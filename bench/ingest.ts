import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, query } from '../local/clickhouse.ts'
import { start } from '../local/tocsin.ts'
import { logRow } from '../shared/logs/row.ts'
import { parseRecords } from '../shared/logs/split.ts'
import { type Bench, type Figure, quantile } from './bench.ts'
import { cpuMs } from './bundle.ts'
import { samples } from './samples.ts'

const TOKEN = 'bench-token-0123456789abcdef0123456789abcdef'
const EVENTS = 100
const CONNECTIONS = 12
const WARM_MS = 3000
const WINDOW_MS = Number(process.env.BENCH_SECONDS ?? 15) * 1000
/** DESIGN §9: the rate at which the time to SQL is measured. */
const PACED_PER_S = 16_700
const RAW_ROWS = 10_000

/** 100 events a request over HTTP until they are in ClickHouse, beside a raw insert of the same rows in the same run. Budget: ≥ 60k events/s held, ≥ 40 % of raw. */
export const bench: Bench = {
  name: 'ingest',
  async run() {
    const state = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const tocsin = await start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {} })
    try {
      const made = await fetch(`${tocsin.url}/api/logs/sources`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: '{"name":"Bench"}',
      })
      const source = (await made.json()) as { id: string; token: string }
      const body = Buffer.from(samples(Date.now(), EVENTS)[0]!.body)
      const door = doorOf(tocsin.url, source.token)
      const count = async () => Number((await query(tocsin.clickhouse, 'SELECT count() FROM tocsin.logs FORMAT TSVRaw')).trim())

      await flood(door, body, WARM_MS)
      await settled(count)
      const before = await count()
      const [cpu, server] = [workerdMs(), await clickhouseUs(tocsin.clickhouse)]
      const began = performance.now()
      const { sent, refused, times } = await flood(door, body, WINDOW_MS)
      const acceptedS = (performance.now() - began) / 1000
      while ((await count()) - before < sent * EVENTS) await sleep(20)
      const storedS = (performance.now() - began) / 1000
      const stored = (await count()) - before
      const cpuUs = ((workerdMs() - cpu) * 1000) / stored
      const serverUs = ((await clickhouseUs(tocsin.clickhouse)) - server) / stored

      const raw = await rawInsert(tocsin.clickhouse, body.toString(), source.id)
      const lags = await paced(door, tocsin.clickhouse, body.toString())
      const held = stored / storedS
      return [
        { metric: 'accepted', value: (sent * EVENTS) / acceptedS, unit: 'events/s' },
        { metric: 'held: from HTTP into ClickHouse', value: held, unit: 'events/s', baseline: raw, ratio: held / raw },
        { metric: 'of workerd, CPU per event', value: cpuUs, unit: 'µs' },
        { metric: 'of ClickHouse, CPU per event', value: serverUs, unit: 'µs' },
        { metric: 'stored of accepted', value: stored, unit: 'events', baseline: sent * EVENTS, ratio: stored / (sent * EVENTS) },
        { metric: 'requests refused with 503', value: refused, unit: 'requests' },
        { metric: 'answer while saturated, p50', value: quantile(times, 0.5), unit: 'ms' },
        { metric: 'answer while saturated, p99', value: quantile(times, 0.99), unit: 'ms' },
        ...[0.5, 0.95, 0.99].map(
          (share): Figure => ({
            metric: `accepted → SQL at ${PACED_PER_S} events/s, p${share * 100}`,
            value: quantile(lags, share),
            unit: 'ms',
          }),
        ),
      ]
    } finally {
      await tocsin.stop()
      rmSync(state, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}

type Door = (body: Buffer) => Promise<number>

function doorOf(url: string, token: string): Door {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const options = { method: 'POST', agent, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } }
  return (body) =>
    new Promise((ok, fail) => {
      const sent = request(url, options, (answer) => answer.resume().once('end', () => ok(answer.statusCode!)))
      sent.once('error', fail)
      sent.end(body)
    })
}

async function flood(door: Door, body: Buffer, ms: number) {
  const until = performance.now() + ms
  const times: number[] = []
  let [sent, refused] = [0, 0]
  const writer = async () => {
    while (performance.now() < until) {
      const at = performance.now()
      const status = await door(body)
      if (status === 202) sent += 1
      else if (status === 503) {
        refused += 1
        await sleep(50)
      } else throw new Error(`The door answered ${status}`)
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, writer))
  return { sent, refused, times }
}

/** Waits until what was sent before has arrived. */
async function settled(count: () => Promise<number>): Promise<void> {
  for (let last = -1, now = await count(); now !== last; now = await count()) {
    last = now
    await sleep(1500)
  }
}

/** Rows a second of the same rows in blocks of 10,000, one client, straight into the same table. */
async function rawInsert(clickhouse: string, records: string, source: string): Promise<number> {
  const origin = { team: '019a0000-0000-7000-8000-000000000009', source, retentionDays: 30, at: Date.now() }
  const hundred = parseRecords(records)
    .map((r) => `${logRow(r, origin)}\n`)
    .join('')
  const block = hundred.repeat(RAW_ROWS / EVENTS)
  const began = performance.now()
  let rows = 0
  while (performance.now() - began < 6000) {
    const sql = new URLSearchParams({
      query: 'INSERT INTO tocsin.logs FORMAT JSONEachRow',
      async_insert: '0',
      date_time_input_format: 'best_effort',
    })
    const r = await fetch(`${clickhouse}/?${sql}`, { method: 'POST', body: block })
    if (!r.ok) throw new Error(await r.text())
    rows += RAW_ROWS
  }
  return rows / ((performance.now() - began) / 1000)
}

/** At a steady rate: from the answer to the first SELECT that finds the marked event, ms. */
async function paced(door: Door, clickhouse: string, records: string): Promise<number[]> {
  const lags: number[] = []
  const began = performance.now()
  const looks: Promise<void>[] = []
  for (let n = 0; performance.now() - began < 15_000; n++) {
    const due = began + (n * EVENTS * 1000) / PACED_PER_S
    if (due > performance.now()) await sleep(due - performance.now())
    const mark = `mark-${n}-${Math.round(began)}`
    const marked = n % 40 === 0
    const answered = door(Buffer.from(marked ? records.replace('GET /api/cart/0 ', `${mark} `) : records)).then(() => performance.now())
    if (marked)
      looks.push(
        answered.then(async (at) => {
          while (
            (await query(clickhouse, `SELECT count() FROM tocsin.logs WHERE startsWith(message, '${mark} ') FORMAT TSVRaw`)).trim() === '0'
          )
            await sleep(20)
          lags.push(performance.now() - at)
        }),
      )
  }
  await Promise.all(looks)
  return lags
}

/** CPU of all of its threads since it began, µs. */
const clickhouseUs = async (url: string): Promise<number> =>
  Number(
    await query(
      url,
      "SELECT sum(value) FROM system.events WHERE event IN ('UserTimeMicroseconds', 'SystemTimeMicroseconds') FORMAT TSVRaw",
    ),
  )

/** CPU of the workerd that this process started: says what an event costs also while others use the machine. */
function workerdMs(): number {
  const mine = readdirSync('/proc').filter((pid) => {
    try {
      const stat = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
      return stat.includes('(workerd)') && Number(stat.split(') ')[1]!.split(' ')[1]) === process.pid
    } catch {
      return false
    }
  })
  return mine.reduce((ms, pid) => ms + cpuMs(Number(pid)), 0)
}
