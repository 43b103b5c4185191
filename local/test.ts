// `npm test`: everything, from a bare clone too. Arguments are passed on to vitest: `npm test -- --project rules shared/oncall`.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { build } from './build.ts'

const LINES_COVERED_BAR = 85
const REPORT = '.tocsin/test/report.json'
const asked = process.argv.slice(2)
const whole = asked.length === 0

type Step = { name: string; ok: boolean }
const steps: Step[] = []

async function step(name: string, run: () => Promise<boolean>): Promise<void> {
  const began = performance.now()
  const ok = await run().catch((e) => {
    console.error(e)
    return false
  })
  console.log(`${ok ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  steps.push({ name, ok })
}

const bin = (command: string, args: string[]) =>
  new Promise<boolean>((done) => {
    const env = { ...process.env, PATH: `${new URL('../node_modules/.bin', import.meta.url).pathname}:${process.env.PATH}` }
    spawn(command, args, { stdio: 'inherit', env }).on('exit', (code) => done(code === 0))
  })

mkdirSync('.tocsin/test', { recursive: true })
rmSync(REPORT, { force: true })
if (whole) {
  await step('lint and format', () => bin('biome', ['check', '--error-on-warnings']))
  await step('types', () => bin('tsc', ['-b', 'dashboard']))
}
await step('build', async () => Boolean(await build()))
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
const ran = await bin('vitest', ['run', ...(whole ? ['--coverage'] : []), ...reporters, ...asked])

const report = JSON.parse(readFileSync(REPORT, 'utf8')) as {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numFailedTestSuites: number
}
if (whole) {
  const summary = existsSync('coverage/coverage-summary.json') ? JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')) : null
  const percent = (summary as { total: { lines: { pct: number } } } | null)?.total.lines.pct ?? 0
  await step(
    `coverage of shared, durable-objects and workers: ${percent} % of lines, bar ${LINES_COVERED_BAR} %`,
    async () => percent >= LINES_COVERED_BAR,
  )
}
const failed = steps.filter((s) => !s.ok)
for (const s of failed) console.log(`failed: ${s.name}`)
// a file that could not be loaded has no failed test to count
const broken = ran || report.numFailedTests ? 0 : Math.max(1, report.numFailedTestSuites)
const skipped = report.numPendingTests ? `, ${report.numPendingTests} skipped` : ''
console.log(
  `${report.numPassedTests + steps.length - failed.length} passed, ${report.numFailedTests + failed.length + broken} failed${skipped}`,
)
process.exit(ran && failed.length === 0 ? 0 : 1)
