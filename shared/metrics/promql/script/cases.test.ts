import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runScript } from './run-script.ts'

/** The language in its own words: one case per `eval`. */
for (const path of globSync('test/cases/promql/*.test').sort()) {
  describe(path, async () => {
    const results = await runScript(readFileSync(path, 'utf8'))
    test.each(results.map((r) => [r.line, r.expr, r.why] as const))('line %i: %s', (_line, _expr, why) => {
      expect(why).toBeNull()
    })
  })
}
