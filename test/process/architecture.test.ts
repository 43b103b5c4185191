import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findings, rules, type Source, violations } from './imports.ts'

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
