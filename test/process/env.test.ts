import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unstable_readConfig } from 'wrangler'

const source = readFileSync('durable-objects/env.ts', 'utf8')
const names = [...source.matchAll(/^ {2}([A-Z_]+)\??:/gm)].map((m) => m[1]!)
const sentences = new Map([...source.matchAll(/\/\*\* ([^\n]*) \*\/\n {2}([A-Z_]+)\??:/g)].map((m) => [m[2]!, m[1]!]))

test('every binding and setting has its sentence', () => {
  expect(names.filter((n) => !sentences.get(n))).toEqual([])
})

test('env.ts and wrangler.toml name the same bindings and settings', () => {
  const config = unstable_readConfig({ config: 'wrangler.toml' })
  const bound = [
    ...config.d1_databases.map((b: { binding: string }) => b.binding),
    ...config.r2_buckets.map((b: { binding: string }) => b.binding),
    ...(config.queues.producers ?? []).map((b: { binding: string }) => b.binding),
    ...(config.assets?.binding ? [config.assets.binding] : []),
    ...config.send_email.map((e: { name: string }) => e.name),
    ...config.ratelimits.map((r: { name: string }) => r.name),
    ...Object.keys(config.vars),
  ]
  // secrets, and what only the local runner binds, are said to be so in env.ts and stand in no file
  expect(bound.sort()).toEqual(names.filter((n) => !/^(Secret|Runner only)/.test(sentences.get(n)!)).sort())
})

test('every class under [exports] is exported by the Worker, and the other way round', () => {
  const declared = [...readFileSync('wrangler.toml', 'utf8').matchAll(/^(\w+) = \{ type = "(?:durable-object|worker)"/gm)].map((m) => m[1]!)
  const exported = [...readFileSync('workers/index.ts', 'utf8').matchAll(/^export \{ (\w+) \}/gm)].map((m) => m[1]!)
  expect(declared.sort()).toEqual(exported.sort())
})
