import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { runTocsin, TOKEN } from '../test/process/runner.ts'
import { type Bench, type Figure, quantile } from './bench.ts'
import { cpuMs } from './bundle.ts'

const EVENTS_PER_S = Number(process.env.BENCH_EVENTS ?? 16_700)
const PER_REQUEST = 100
const WATCHERS = Number(process.env.BENCH_WATCHERS ?? 1000)
const WARM_MS = 8000
const WINDOW_MS = 20_000
/** Uploads on their way at once: more would measure the queue in front of the door. */
const IN_FLIGHT = 20
const BUDGET_MS = 500

/**
 * How long after its 202 a record is on the screen of those who watch: events over HTTP into one source, sockets that see
 * everything, and one whose search finds one record of every request, so that none of its own is left out. Budget: p95 < 500 ms.
 */
export const bench: Bench = {
  name: 'tail',
  async run() {
    const tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
    const sockets: Socket[] = []
    const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
    try {
      const { body: source } = await tocsin.api('POST', '/api/logs/sources', { name: 'Bench' })
      const path = (query: string) => `/api/logs/live-tail?${new URLSearchParams({ source_ids: source.id, query })}`
      const began = performance.now()
      for (let i = 0; i < WATCHERS; i += 50)
        sockets.push(...(await Promise.all(Array.from({ length: Math.min(50, WATCHERS - i) }, () => deaf(tocsin.port, path(''))))))
      const connectedMs = performance.now() - began

      const acceptedAt: number[] = []
      const arrivals: { request: number; at: number }[] = []
      let dropped = 0
      const probe = new WebSocket(`ws://localhost:${tocsin.port}${path('probe = 1')}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      } as unknown as string[])
      probe.addEventListener('message', ({ data }) => {
        const at = performance.now()
        const frame = JSON.parse(String(data))
        if (frame.type !== 'events') return
        dropped += frame.dropped
        for (const event of frame.events) arrivals.push({ request: Number(event.attributes.request), at })
      })
      await new Promise((ok, fail) => {
        probe.addEventListener('open', ok)
        probe.addEventListener('error', fail)
      })

      let sent = 0
      let refused = 0
      const post = async () => {
        const n = sent++
        const status = await send(agent, tocsin.port, source.token, body(n))
        if (status === 202) acceptedAt[n] = performance.now()
        else refused += 1
      }
      const inFlight = new Set<Promise<void>>()
      const until = async (ms: number) => {
        const from = performance.now()
        const first = sent
        while (performance.now() - from < ms) {
          const due = first + Math.floor(((performance.now() - from) / 1000) * (EVENTS_PER_S / PER_REQUEST))
          while (sent < due && inFlight.size < IN_FLIGHT) {
            const one: Promise<void> = post().finally(() => inFlight.delete(one))
            inFlight.add(one)
          }
          await sleep(2)
        }
      }
      await until(WARM_MS)
      const pid = workerdOf(tocsin.pid)
      const [cpu, from, first, bytes] = [cpuMs(pid), performance.now(), sent, total(sockets)]
      await until(WINDOW_MS)
      const last = sent
      const seconds = (performance.now() - from) / 1000
      const [core, mb] = [(cpuMs(pid) - cpu) / (seconds * 1000), (total(sockets) - bytes) / 1e6]
      await Promise.all(inFlight)
      await sleep(2000)

      const seen = new Map(arrivals.map((a) => [a.request, a.at]))
      const late: number[] = []
      let missing = 0
      for (let n = first; n < last; n++) {
        if (acceptedAt[n] === undefined) continue
        const at = seen.get(n)
        if (at === undefined) missing += 1
        else late.push(Math.max(0, at - acceptedAt[n]!))
      }
      const p95 = quantile(late, 0.95)
      const figures: Figure[] = [
        { metric: 'accepted → tail, p95', value: p95, unit: 'ms', baseline: BUDGET_MS, ratio: p95 / BUDGET_MS },
        { metric: 'accepted → tail, p50', value: quantile(late, 0.5), unit: 'ms' },
        { metric: 'accepted → tail, p99', value: quantile(late, 0.99), unit: 'ms' },
        { metric: 'events accepted', value: (late.length + missing) * (PER_REQUEST / seconds), unit: 'events/s', baseline: EVENTS_PER_S, ratio: ((late.length + missing) * PER_REQUEST) / seconds / EVENTS_PER_S },
        { metric: 'requests refused', value: refused, unit: 'requests' },
        { metric: 'found events not shown (dropped, counted)', value: missing, unit: `of ${late.length + missing}` },
        { metric: 'of them counted by frames as dropped', value: dropped, unit: 'events' },
        { metric: 'sockets open at the end', value: sockets.filter((s) => !s.destroyed).length, unit: `of ${WATCHERS}` },
        { metric: 'time to connect them', value: connectedMs, unit: 'ms' },
        { metric: 'sent to them', value: mb / seconds, unit: 'MB/s' },
        { metric: 'workerd, all of ingest and tail', value: core, unit: 'cores' },
      ] // biome-ignore format: a table
      probe.close()
      return figures
    } finally {
      for (const socket of sockets) socket.destroy()
      agent.destroy()
      await tocsin.stop()
    }
  },
}

const levels = ['info', 'info', 'info', 'warn', 'error']
const body = (request: number): string =>
  Array.from({ length: PER_REQUEST }, (_, i) =>
    JSON.stringify({
      message: `checkout of order ${request * PER_REQUEST + i} took ${(i * 37) % 900} ms at the upstream`,
      level: levels[i % 5],
      service: `svc-${i % 12}`,
      http: { status: 200 + (i % 5), path: `/api/v1/orders/${i}` },
      request,
      ...(i === PER_REQUEST - 1 ? { probe: 1 } : {}),
    }),
  ).join('\n')

const send = (agent: Agent, port: number, token: string, body: string): Promise<number> =>
  new Promise((ok) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'content-length': Buffer.byteLength(body) }
    const asked = request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/', headers }, (r) => {
      r.resume()
      r.on('end', () => ok(r.statusCode ?? 0))
    })
    asked.on('error', () => ok(0))
    asked.end(body)
  })

/** A WebSocket that reads and forgets: a thousand browsers' parsing is not what is measured. */
const deaf = (port: number, path: string): Promise<Socket> =>
  new Promise((ok, fail) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
      ),
    )
    socket.once('data', (chunk) =>
      chunk.toString('latin1').startsWith('HTTP/1.1 101') ? ok(socket) : fail(new Error(chunk.toString('latin1').slice(0, 500))),
    )
    socket.once('error', fail)
    socket.on('data', () => {})
    socket.once('close', () => socket.destroy())
  })
const total = (sockets: Socket[]): number => sockets.reduce((n, s) => n + s.bytesRead, 0)

/** The workerd that the runner started. */
function workerdOf(runner: number): number {
  const found = readdirSync('/proc').find((dir) => {
    if (!/^\d+$/.test(dir)) return false
    try {
      const stat = readFileSync(`/proc/${dir}/stat`, 'utf8')
      return stat.includes('(workerd)') && Number(stat.split(') ')[1]!.split(' ')[1]) === runner
    } catch {
      return false
    }
  })
  if (!found) throw new Error('the runner has no workerd')
  return Number(found)
}
