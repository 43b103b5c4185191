// `npm run bench [name] [--json]`: each bench starts its own stack and measures ratios in one run.
import { globSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Bench, Figure } from './bench.ts'
import { endChildren } from './phases.ts'

const asked = process.argv.slice(2).filter((a) => !a.startsWith('--'))
const asJson = process.argv.includes('--json')
const files = globSync('bench/*.ts').filter((f) => !/\/(run|bench|phases)\.ts$/.test(f))
const benches = (await Promise.all(files.sort().map(async (f) => (await import(`../${f}`)).bench as Bench))).filter(Boolean)
const chosen = benches.filter((b) => !asked.length || asked.includes(b.name))
if (!chosen.length) {
  console.log(`Benches: ${benches.map((b) => b.name).join(' ')}`)
  process.exit(asked.length ? 1 : 0)
}
// whatever ends this ends what it started
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    endChildren()
    process.exit(1)
  })
if (!asJson) console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`)
for (const bench of chosen) {
  for (const figure of await bench.run().finally(endChildren)) print({ ...figure, bench: bench.name })
}
process.exit(0)

function print({ bench, metric, value, unit, baseline, ratio }: Figure & { bench: string }) {
  if (asJson) return console.log(JSON.stringify({ bench, metric, value, unit, baseline: baseline ?? null, ratio: ratio ?? null }))
  const beside = baseline === undefined ? '' : `  baseline ${round(baseline)}`
  console.log(
    `${bench.padEnd(12)} ${metric.padEnd(46)} ${String(round(value)).padStart(10)} ${unit.padEnd(10)}${beside}${ratio === undefined ? '' : `  ratio ${round(ratio)}`}`,
  )
}

function round(n: number): number {
  return Number(n.toPrecision(4))
}
