import { gzipSync } from 'node:zlib'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { build } from 'vite'
import { type Figure, median } from './bench.ts'
import { threadsMs, workerds } from './bundle.ts'
import { programs } from './vrl-programs.ts'

const EVENTS = 50_000
const ROUNDS = 3
const COLD_RUNS = 5

/** The same programs inside workerd, CPU from the operating system; lines are made there too, and their making is taken off. */
export async function insideWorkerd(native: number): Promise<Figure[]> {
  const modules = await bundled()
  const figures: Figure[] = []
  const running = await start(modules)
  for (const name of Object.keys(programs)) {
    await running.cpuOf(`/run?program=${encodeURIComponent(name)}&events=5000`)
    let rate = 0
    for (let i = 0; i < ROUNDS; i++) {
      const ms = await running.cpuOf(`/run?program=${encodeURIComponent(name)}&events=${EVENTS}`)
      rate = Math.max(rate, (EVENTS / ms) * 1000)
    }
    const baseline = name === 'reference program' ? native : undefined
    figures.push({
      metric: `${name}, NDJSON in and out, workerd`,
      value: rate,
      unit: 'events/s',
      ...(baseline ? { baseline, ratio: rate / baseline } : {}),
    })
  }
  await running.stop()
  const code = modules.filter((m) => m.path !== 'index.js').reduce((all, m) => all + m.contents, '')
  return [
    ...figures,
    { metric: 'compiler, minified', value: code.length / 1e3, unit: 'KB' },
    { metric: 'compiler, gzip', value: gzipSync(code).length / 1e3, unit: 'KB' },
    {
      metric: 'cold start with the first program compiled, over one without',
      value: (await cold(modules, '/load')) - (await cold(modules, '/none')),
      unit: 'ms CPU',
    },
  ]
}

type Module = { type: 'ESModule'; path: string; contents: string }

/** A Worker whose compiler is a chunk of its own, as in the product. */
async function bundled(): Promise<Module[]> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      write: false,
      minify: true,
      ssr: 'bench/vrl-worker.ts',
      target: 'esnext',
      rolldownOptions: { output: { entryFileNames: 'index.js', chunkFileNames: '[name].js' } },
    },
  })
  const outputs = 'output' in made ? made.output : []
  return outputs.flatMap((o) => (o.type === 'chunk' ? [{ type: 'ESModule' as const, path: o.fileName, contents: o.code }] : []))
}

async function start(modules: Module[]): Promise<{ cpuOf: (path: string) => Promise<number>; stop: () => Promise<void> }> {
  const before = new Set(workerds())
  const worker = { name: 'vrl', modules, compatibilityDate: '2026-11-01', compatibilityFlags: ['nodejs_compat'] }
  const options = { cf: false, telemetry: { enabled: false }, workers: [worker] }
  const mf = new Miniflare(
    convertV4MiniflareOptions(options as unknown as Parameters<typeof convertV4MiniflareOptions>[0]) as ConstructorParameters<
      typeof Miniflare
    >[0],
  )
  const url = await mf.ready
  const pids = workerds().filter((pid) => !before.has(pid))
  const spent = () => pids.reduce((sum, pid) => sum + threadsMs(pid), 0)
  return {
    async cpuOf(path) {
      const from = spent()
      const answer = await fetch(new URL(path, url))
      const text = await answer.text()
      if (!answer.ok) throw new Error(text)
      return spent() - from
    },
    stop: () => mf.dispose(),
  }
}

async function cold(modules: Module[], path: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < COLD_RUNS; i++) {
    const running = await start(modules)
    times.push(await running.cpuOf(path))
    await running.stop()
  }
  return median(times)
}
