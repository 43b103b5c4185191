import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { build } from '../local/build.ts'
import type { Bench, Figure } from './bench.ts'

const GZIP_BYTES_MAX = 1.5e6
const COLD_MS_MAX = 100
const RUNS = 7

/** The Worker's size, and what it adds to a cold start of an empty Worker on the doors that must be fast. CPU of workerd from the operating system. */
export const bench: Bench = {
  name: 'bundle',
  async run() {
    await build()
    const code = readFileSync('.tocsin/build/index.js')
    const gzip = gzipSync(code).length
    // what asks D1 also starts Miniflare's stand-in for it: so does what it is held against
    const doors = { ingest: ['/api/logs/ingest', '/'], 'status page': ['/s/none/', '/d1'], 'sign-in check': ['/api/auth/session', '/d1'] }
    const whole = Object.values(doors).map(([path]) => [code.toString(), path] as [string, string])
    const [empty, asking, ...took] = (await leastOf([[emptyWorker(), '/'], [emptyWorker(), '/d1'], ...whole])) as [
      number,
      number,
      ...number[],
    ]
    const figures = Object.entries(doors).map(([name, [, against]], i): Figure => {
      const over = took[i]! - (against === '/' ? empty : asking)
      const metric = `cold start, ${name}, over an empty Worker${against === '/' ? '' : ' that asks D1'}`
      return { metric, value: over, unit: 'ms CPU', baseline: COLD_MS_MAX, ratio: over / COLD_MS_MAX }
    })
    return [
      { metric: 'Worker, gzip', value: gzip / 1e6, unit: 'MB', baseline: GZIP_BYTES_MAX / 1e6, ratio: gzip / GZIP_BYTES_MAX },
      { metric: 'empty Worker, first answer', value: empty, unit: 'ms CPU' },
      ...figures,
    ]
  },
}

/** Of each the least of several tries, in turns: what others do on the machine only adds, and to all of them alike. */
async function leastOf(workers: [contents: string, path: string][]): Promise<number[]> {
  const least = workers.map(() => Number.POSITIVE_INFINITY)
  for (let run = 0; run < RUNS; run++)
    for (const [i, [contents, path]] of workers.entries()) least[i] = Math.min(least[i]!, await cold(contents, path))
  return least
}

/** CPU milliseconds of a new workerd until its first answer. */
async function cold(contents: string, path: string): Promise<number> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions('wrangler.toml')
  const settings = { ...(workerOptions.bindings as object), SECRET_KEYS: 'x'.repeat(40), TOCSIN_URL: 'http://localhost' }
  const worker = {
    ...workerOptions,
    bindings: settings,
    name: 'cold',
    modulesRules: undefined,
    modules: [{ type: 'ESModule', path: 'index.js', contents }],
  }
  const before = new Set(workerds())
  const options = { cf: false, telemetry: { enabled: false }, workers: [worker] }
  const mf = new Miniflare(
    convertV4MiniflareOptions(options as unknown as Parameters<typeof convertV4MiniflareOptions>[0]) as ConstructorParameters<
      typeof Miniflare
    >[0],
  )
  const url = await mf.ready
  await (await fetch(new URL(path, url))).arrayBuffer()
  const ms = workerds()
    .filter((pid) => !before.has(pid))
    .reduce((sum, pid) => sum + threadsMs(pid), 0)
  await mf.dispose()
  return ms
}

/** A Worker with the same bindings and classes, in which nothing happens, but one question to D1 at `/d1`. */
function emptyWorker(): string {
  const classes = [...readFileSync('wrangler.toml', 'utf8').matchAll(/^(\w+) = \{ type = "(durable-object|worker)"/gm)]
  return [
    "import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers'",
    ...classes.map(([, name, type]) => `export class ${name} extends ${type === 'worker' ? 'WorkerEntrypoint' : 'DurableObject'} {}`),
    `export default { async fetch(request, env) {
      if (request.url.endsWith('/d1')) await env.DB.prepare('SELECT 1').first()
      return new Response('') } }`,
  ].join('\n')
}

/** Processes of workerd that this process started. */
export function workerds(): number[] {
  return readdirSync('/proc')
    .filter((d) => /^\d+$/.test(d))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return stat.includes('(workerd)') && Number(stat.split(') ')[1]!.split(' ')[1]) === process.pid
      } catch {
        return false
      }
    })
}

/** User and system time so far, of ended threads too. Linux counts in hundredths of a second. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** The same for threads still running, finer: the scheduler counts nanoseconds. */
export function threadsMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, id) => sum + Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0)
}
