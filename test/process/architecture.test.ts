import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findings, loadedAtOnce, rules, type Source, violations } from './imports.ts'

const sources: Source[] = globSync('{shared,durable-objects,workers,dashboard/src}/**/*.{ts,tsx}').map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}))

test('no file breaks an import rule', () => {
  expect(sources.length).toBeGreaterThan(30)
  expect(findings(sources)).toEqual([])
})

test.each(Object.keys(rules))('the rule %s catches its planted violation', (name) => {
  expect(findings([violations[name]!]).map((f) => f.rule)).toContain(rules[name]!.name)
})

/** Each costs every cold start its evaluation; zod alone cost 25 ms of the budget of 100. */
const AT_ONCE = /^(cloudflare:|node:|drizzle-orm|itty-durable|temporal-polyfill$|standardwebhooks$)/

test('a cold start loads no library that only some door needs', () => {
  const heavy = [...loadedAtOnce(sources, 'workers/index.ts')].filter(([name]) => !AT_ONCE.test(name))
  expect(heavy.map(([name, trail]) => `${name}: ${trail}`)).toEqual([])
  const planted = [
    { path: 'workers/index.ts', text: "export { A } from './a.ts'\nimport type { B } from './b.ts'\nawait import('./c.ts')" },
    { path: 'workers/a.ts', text: "import * as z from 'zod'\nimport { type D } from 'hono'" },
    { path: 'workers/b.ts', text: "import 'twilio'" },
  ]
  expect([...loadedAtOnce(planted, 'workers/index.ts').keys()]).toEqual(['zod'])
})

test.each(['ingest', 'status'])('the %s door loads no library that it does not need at once', (door) => {
  const heavy = /^(zod|hono-openapi|better-auth|twilio|yaml|tldts|ical\.js|bowser|fast-xml-parser)/
  expect([...loadedAtOnce(sources, `workers/${door}/index.ts`)].filter(([name]) => heavy.test(name))).toEqual([])
})

test('the four pages a newcomer reads stay short', () => {
  const lines = (path: string) => readFileSync(path, 'utf8').split('\n').length
  expect(lines('workers/index.ts')).toBeLessThanOrEqual(80)
  expect(lines('durable-objects/env.ts')).toBeLessThanOrEqual(90)
  expect(lines('wrangler.toml')).toBeLessThanOrEqual(120)
  expect(lines('README.md')).toBeLessThanOrEqual(120)
})

test('nothing tracked names a machine, a registry host or a folder of one workplace', () => {
  const files = globSync(
    '{README.md,docs/**/*.md,{shared,durable-objects,workers,dashboard/src,local,bench,test}/**/*.{ts,tsx,css,sh,mjs},package-lock.json}',
  )
  const told = files.filter((f) =>
    /\/root\/|\/work\/|\/home\/[a-z]+\/|registry\.npmjs|artifactory|https?:\/\/[^\s"']*registry/.test(readFileSync(f, 'utf8')),
  )
  expect(told.filter((f) => f !== 'test/process/architecture.test.ts')).toEqual([])
})
