// `npm run conformance [suite] [--failures] [--json]`: published test data of upstream projects, run against our implementations.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

export type Outcome = { passed: number; failed: number; skipped: number; failures: object[] }
type Suite = (dir: string, options: { failures: boolean }) => Promise<Outcome>

/** One line per suite; the runner is loaded when the suite is asked for. */
const suites: Record<string, () => Promise<Suite>> = {
  promql: async () => (await import('./conformance/promql.ts')).runPromql,
  rrule: async () => (await import('./conformance/rrule.ts')).runRrule,
  vrl: async () => (await import('./conformance/vrl.ts')).runVrl,
}

const asked = process.argv.slice(2).filter((a) => !a.startsWith('--'))
const [showFailures, asJson] = [process.argv.includes('--failures'), process.argv.includes('--json')]
const data = resolve(process.env.CONFORMANCE_DIR ?? '../shared/conformance')
const names = Object.keys(suites).filter((name) => !asked.length || asked.includes(name))
if (!names.length) console.log('0 suites')
for (const name of names) {
  const dir = `${data}/${name}`
  if (!existsSync(dir)) {
    console.log(`${name} skipped: no test data at CONFORMANCE_DIR/${name}`)
    continue
  }
  const run = await suites[name]!()
  const { passed, failed, skipped, failures } = await run(dir, { failures: showFailures })
  if (asJson) console.log(JSON.stringify({ suite: name, passed, failed, skipped, ...(showFailures ? { failures } : {}) }))
  else console.log(`${name} ${passed}/${passed + failed + skipped} passed (${failed} failed, ${skipped} skipped)`)
  if (showFailures && !asJson) for (const f of failures) console.log(`  ${Object.values(f).join(' · ')}`)
}
