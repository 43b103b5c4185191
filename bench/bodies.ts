import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../local/clickhouse.ts'
import { start } from '../local/tocsin.ts'
import type { Bench } from './bench.ts'
import { samples } from './samples.ts'

const TOKEN = 'bench-token-0123456789abcdef0123456789abcdef'
const BODIES = 20
const BODY_BYTES = 19_900_000
const BUDGET_MB = 128
const CHUNK = 256 * 1024

/**
 * 20 bodies of 20 MB at once, all of them half sent when the heap is looked at: what is alive after a collection, of everything that
 * runs in the Worker's isolate, doors and objects alike. Budget: 128 MB, what the platform gives an isolate.
 */
export const bench: Bench = {
  name: 'bodies',
  async run() {
    const state = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const inspector = await freePort()
    const tocsin = await start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {}, inspector })
    try {
      const made = await fetch(`${tocsin.url}/api/logs/sources`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: '{"name":"Bench"}',
      })
      const { token } = (await made.json()) as { token: string }
      const lines = Buffer.from(`${Buffer.from(samples(Date.now(), 500)[1]!.body).toString()}\n`)
      const body = Buffer.concat(Array.from({ length: Math.floor(BODY_BYTES / lines.length) }, () => lines))
      const heap = await heapOf(inspector)
      const one = upload(tocsin.url, token, body)
      await one.write(0, body.length)
      await one.answer
      await sleep(3000)
      const before = { live: await heap.live(), rss: rssMb() }

      let [peak, peakRss] = [0, 0]
      let isWatching = true
      const watching = (async () => {
        while (isWatching) {
          peak = Math.max(peak, await heap.used())
          peakRss = Math.max(peakRss, rssMb())
          await sleep(50)
        }
      })()
      const half = Math.floor(body.length / 2)
      const uploads = Array.from({ length: BODIES }, () => upload(tocsin.url, token, body))
      await Promise.all(uploads.map((u) => u.write(0, half)))
      const live = await heap.live()
      await Promise.all(uploads.map((u) => u.write(half, body.length)))
      const statuses = await Promise.all(uploads.map((u) => u.answer))
      isWatching = false
      await watching
      await sleep(3000)
      const after = await heap.live()
      return [
        { metric: `bodies of ${Math.round(body.length / 1e6)} MB taken`, value: statuses.filter((s) => s === 202).length, unit: `of ${BODIES}` },
        { metric: 'alive before', value: before.live, unit: 'MB' },
        { metric: 'alive with all of them half sent', value: live, unit: 'MB', baseline: BUDGET_MB, ratio: live / BUDGET_MB },
        { metric: 'alive after', value: after, unit: 'MB' },
        { metric: 'most of the heap in use, garbage included', value: peak, unit: 'MB' },
        { metric: 'workerd, resident memory before', value: before.rss, unit: 'MB' },
        { metric: 'workerd, resident memory at most', value: peakRss, unit: 'MB' },
      ] // biome-ignore format: a table
    } finally {
      await tocsin.stop()
      rmSync(state, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}

function upload(url: string, token: string, body: Buffer) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'content-length': body.length }
  let sent: ClientRequest
  const answer = new Promise<number>((ok) => {
    sent = request(url, { method: 'POST', headers, agent: false }, (r) => r.resume().once('end', () => ok(r.statusCode ?? 0)))
    sent.once('error', () => ok(0))
  })
  let isAnswered = false
  const answered = answer.then(() => {
    isAnswered = true
  })
  return {
    answer,
    /** Ends early when an answer comes before all of it was read: a refusal. */
    async write(from: number, to: number): Promise<void> {
      for (let at = from; at < to && !isAnswered; at += CHUNK) {
        const written = new Promise<void>((ok) => sent.write(body.subarray(at, Math.min(to, at + CHUNK)), () => ok()))
        await Promise.race([written, answered])
      }
      if (isAnswered) sent.destroy()
      else if (to === body.length) sent.end()
    },
  }
}

/** The heap of the Worker's isolate in MB: objects and what array buffers hold beside them. `live` collects garbage first. */
async function heapOf(port: number) {
  const list = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { title: string; webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(list.find(({ title }) => title.includes('core:user:tocsin'))!.webSocketDebuggerUrl)
  await new Promise((ok) => socket.addEventListener('open', ok))
  const waiting = new Map<number, (result: Record<string, number>) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data))
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  let id = 0
  const ask = (method: string) =>
    new Promise<Record<string, number>>((ok) => {
      waiting.set(++id, ok)
      socket.send(JSON.stringify({ id, method }))
    })
  const used = async () => {
    const { usedSize = 0, backingStorageSize = 0, embedderHeapUsedSize = 0 } = await ask('Runtime.getHeapUsage')
    return (usedSize + backingStorageSize + embedderHeapUsedSize) / 1e6
  }
  return {
    used,
    async live() {
      await ask('HeapProfiler.collectGarbage')
      return used()
    },
  }
}

/** Of the workerd that this process started. */
function rssMb(): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      if (status.includes('Name:\tworkerd') && status.includes(`PPid:\t${process.pid}\n`))
        return Number(status.match(/VmRSS:\s+(\d+)/)![1]) / 1000
    } catch {
      // it ended
    }
  return Number.NaN
}
