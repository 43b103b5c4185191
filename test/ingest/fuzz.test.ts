import { beforeAll, expect, test, vi } from 'vitest'
import { samples } from '../../bench/samples.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import type { TableName } from '../../shared/warehouse/insert.ts'
import { env } from '../given.ts'
import { aSource, type GivenSource } from './given.ts'
import { mutated, random } from './mutate.ts'

/** bench/fuzz.ts takes 20,000. */
const MUTATIONS = 500
/** Far more than a body of this size may take. */
const SLOW_MS = 3000

let given: GivenSource
beforeAll(async () => {
  given = await aSource()
})

test.each(samples(Date.now(), 3))(
  `$name: ${MUTATIONS} changed bodies are never a 5xx and never stuck`,
  async ({ name, path, type, encoding, body }) => {
    const next = random([...name].reduce((n, c) => n * 31 + c.charCodeAt(0), 7))
    const headers = { 'content-type': type, ...(encoding ? { 'content-encoding': encoding } : {}) }
    const statuses: Record<number, number> = {}
    for (let i = 0; i < MUTATIONS; i++) {
      const sent = mutated(body, next)
      const began = performance.now()
      const r = await given.send(path, sent, headers)
      await r.arrayBuffer()
      const said = `mutation ${i} answered ${r.status} after ${performance.now() - began} ms`
      expect(r.status, said).toBeLessThan(500)
      expect(performance.now() - began, said).toBeLessThan(SLOW_MS)
      statuses[r.status] = (statuses[r.status] ?? 0) + 1
    }
    // the unchanged body is taken, so that the changed ones were refused for what was changed
    expect((await given.send(path, new Uint8Array(body), headers)).ok).toBe(true)
    expect(Object.values(statuses).reduce((n, s) => n + s, 0)).toBe(MUTATIONS)
  },
  120_000,
)

const odd = ['-1', '18446744073709551615', '99999999999999999999', '1e400', '9223372036854775807', '0', '\\ud800', '\\u0000', 'nan', '-']

test.each(odd)(
  'the value %s in every place is never a 5xx',
  async (value) => {
    for (const { path, type, encoding, body } of samples(Date.now(), 1)) {
      if (encoding || !/json/.test(type)) continue
      const text = new TextDecoder().decode(body)
      const places = [...text.matchAll(/"(?:[^"\\\\]|\\\\.)*"(?!:)|(?<=:)-?[0-9.]+/g)]
      for (const { index, 0: found } of places)
        for (const put of [`"${value}"`, ...(/^-?[0-9]+(e[0-9]+)?$/.test(value) ? [value] : []), 'null', '[[]]', '{}']) {
          const r = await given.send(path, text.slice(0, index) + put + text.slice(index + found.length), { 'content-type': type })
          await r.arrayBuffer()
          expect(r.status, `${path}: ${found} → ${put}`).toBeLessThan(500)
        }
    }
  },
  60_000,
)

test('what was taken can be stored: ClickHouse refuses no row of it', async () => {
  const tables: TableName[] = ['logs', 'spans', 'series', 'samples', 'histograms', 'exemplars', 'metric_metadata']
  for (const table of tables) await vi.waitFor(async () => expect((await stubs.spool(table).gauges()).rows).toBe(0), 30_000)
  const planted = '{"team":"none"}\n'
  await stubs.spool('histograms').accept({ table: 'histograms', ndjson: planted, count: 1 })
  await vi.waitFor(async () => expect((await stubs.spool('histograms').gauges()).rows).toBe(0), 30_000)
  const { objects } = await env.COLD.list({ prefix: 'replay/' })
  const parked = await Promise.all(objects.map(async ({ key }) => (await env.COLD.get(key))!.text()))
  // nothing but what was put there to be found
  expect(parked).toEqual([planted])
}, 60_000)
