import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runScript } from '../../shared/metrics/promql/script/run-script.ts'

export type Failure = { file: string; line: number; expr: string; why: string }
export type Report = { passed: number; failed: number; skipped: number; failures: Failure[] }

/** Runs every *.test script of a folder through the engine. A script that cannot be read counts as one failure. */
export async function runPromql(dir: string, opts: { failures: boolean }): Promise<Report> {
  const report: Report = { passed: 0, failed: 0, skipped: 0, failures: [] }
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith('.test')) continue
    const cases = await runScript(readFileSync(join(dir, file), 'utf8')).catch((e: unknown) => [{ line: 0, expr: '', why: String(e) }])
    for (const { line, expr, why } of cases) {
      if (why === null) report.passed++
      else {
        report.failed++
        if (opts.failures) report.failures.push({ file, line, expr, why })
      }
    }
  }
  return report
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const dir = process.argv[2] ?? join(process.env.CONFORMANCE_DIR ?? join(import.meta.dirname, '../../../shared/conformance'), 'promql')
  const { passed, failed, failures } = await runPromql(dir, { failures: true })
  for (const { file, line, expr, why } of failures) console.log(`${file}:${line} ${expr}\n    ${why}`)
  console.log(`${passed} of ${passed + failed} cases pass`)
  if (failed > 0) process.exitCode = 1
}
