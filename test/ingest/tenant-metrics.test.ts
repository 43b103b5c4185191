import { expect, test } from 'vitest'
import { aSource } from './given.ts'

test("a team's SQL sees its own spans and metrics and nobody else's", async () => {
  const [one, two] = [await aSource(), await aSource()]
  for (const [given, value] of [
    [one, 1],
    [two, 2],
  ] as const) {
    await given.send('/metrics', JSON.stringify({ name: 'cpu', gauge: { value }, tags: { host: `h${value}` } }))
    const span = {
      traceId: `${value}`.repeat(32),
      spanId: `${value}`.repeat(16),
      name: `op${value}`,
      startTimeUnixNano: `${Date.now() - 1000}000000`,
      endTimeUnixNano: `${Date.now()}000000`,
    }
    await given.send('/v1/traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }), {
      'content-type': 'application/json',
    })
    await given.samples(1)
    await given.stored('spans', 1)
  }
  const ask = async (query: string) => (await one.api('POST', '/api/logs/query', { query })).body.data
  expect(await ask('SELECT name, labels, value FROM metrics')).toEqual([{ name: 'cpu', labels: { host: 'h1' }, value: 1 }])
  expect(await ask('SELECT name FROM spans')).toEqual([{ name: 'op1' }])
  expect(await ask('SELECT labels FROM series')).toEqual([{ labels: { host: 'h1' } }])
  for (const query of [
    'SELECT * FROM samples_in',
    'SELECT * FROM samples_unpacked',
    "SELECT * FROM viewExplain('', '', (SELECT * FROM metrics))",
  ])
    expect((await one.api('POST', '/api/logs/query', { query })).status).toBe(422)
})
