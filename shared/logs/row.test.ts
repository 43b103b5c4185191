import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ATTRIBUTES_MAX, attributesOf, instant, logRow } from './row.ts'

const at = Date.UTC(2026, 10, 23, 14)
const origin = { team: 't', source: 's', retentionDays: 30, at }
const row = (record: unknown) => JSON.parse(logRow(record, origin))

test.each([
  [1_795_442_400, '2026-11-23T14:00:00.000Z'],
  [1_795_442_400.25, '2026-11-23T14:00:00.250Z'],
  [1_795_442_400_123, '2026-11-23T14:00:00.123Z'],
  ['1795442400123456', '2026-11-23T14:00:00.123456Z'],
  ['1795442400123456789', '2026-11-23T14:00:00.123456789Z'],
  ['2026-11-23T14:00:00Z', '2026-11-23T14:00:00.000Z'],
  ['2026-11-23T15:00:00.5+01:00', '2026-11-23T14:00:00.500Z'],
  ['2026-11-23T15:00:00+0100', '2026-11-23T14:00:00.000Z'],
  ['2026-11-23 14:00:00,123', '2026-11-23T14:00:00.123Z'],
  ['2026-11-23T14:00:00.123456789Z', '2026-11-23T14:00:00.123456789Z'],
  ['yesterday', null],
  ['12', null],
  [0, null],
  [Number.NaN, null],
  [9e18, null],
  ['2126-01-01T00:00:00Z', null],
  [{}, null],
  [true, null],
])('the time %s is %s', (value, expected) => {
  expect(instant(value, at)).toBe(expected)
})

test('columns are taken from the names that loggers use, the rest are attributes', () => {
  expect(
    row({
      dt: 1_795_442_400,
      msg: 'hi',
      severity: 'WARN',
      'service.name': 'api',
      traceId: 'a1',
      user: { id: 7, tags: ['x'] },
      ok: true,
      none: null,
    }),
  ).toEqual({
    team: 't',
    source_id: 's',
    retention_days: 30,
    timestamp: '2026-11-23T14:00:00.000Z',
    level: 'warn',
    service: 'api',
    message: 'hi',
    trace_id: 'a1',
    span_id: '',
    attributes: { 'user.id': '7', 'user.tags': '["x"]', ok: 'true' },
  })
})

test('a time that cannot be read stays as it was written, and the time of arrival is used', () => {
  expect(row({ dt: 'soon', message: 'x' })).toMatchObject({ timestamp: '2026-11-23T14:00:00.000Z', attributes: { dt: 'soon' } })
})

test('a message that is an object is kept as attributes', () => {
  expect(row({ message: { a: 1 } })).toMatchObject({ message: '', attributes: { 'message.a': '1' } })
})

test.each([
  ['text', 'text'],
  [5, '5'],
  [true, 'true'],
])('the bare value %s is its own message', (value, message) => {
  expect(row(value)).toMatchObject({ message })
})

test('too many attributes are cut and the cut is said', () => {
  const many = Object.fromEntries(Array.from({ length: ATTRIBUTES_MAX + 5 }, (_, i) => [`a${i}`, i]))
  const { attributes } = row(many)
  expect(Object.keys(attributes)).toHaveLength(ATTRIBUTES_MAX + 1)
  expect(attributes['_tocsin.truncated']).toContain('5 attributes')
})

test('nesting beyond the limit is kept as marked text', () => {
  let deep: unknown = 1
  for (let i = 0; i < 200; i++) deep = { a: deep }
  const { attributes } = row({ deep })
  expect(JSON.stringify(attributes)).toContain('_tocsin.truncated')
})

test('names of every object are plain data', () => {
  const { attributes } = row(JSON.parse('{"__proto__":{"x":1},"constructor":"c","toString":"t"}'))
  expect(attributes).toMatchObject({ constructor: 'c', toString: 't' })
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})

test('of several names for one column the preferred holds, in whatever order they come, and the others stay attributes', () => {
  for (const record of [{ ts: 1_795_442_400, msg: 'b', log: 'c', dt: 'soon', message: 'a' }, { message: 'a', dt: 'soon', log: 'c', msg: 'b', ts: 1_795_442_400 }])
    expect(row(record)).toMatchObject({ message: 'a', timestamp: '2026-11-23T14:00:00.000Z', attributes: { msg: 'b', log: 'c', dt: 'soon' } })
  expect(row({ message: '', msg: 'b' })).toMatchObject({ message: 'b', attributes: { message: '' } })
  expect(JSON.parse(logRow({ message: 'a', level: 'warn' }, origin, { message: 'known', level: '' }))).toMatchObject({
    message: 'known',
    level: '',
    attributes: { message: 'a', level: 'warn' },
  })
}) // biome-ignore format: records as lines

test('of a dotted name and a nested one that become the same, the later holds', () => {
  expect(row({ 'a.b': 1, a: { b: 2 } }).attributes).toEqual({ 'a.b': '2' })
  expect(row({ a: { b: 2 }, 'a.b': 1 }).attributes).toEqual({ 'a.b': '1' })
})

const key = fc.oneof(fc.constantFrom('a', 'b', 'a.b', '__proto__', 'constructor', '', 'x'.repeat(150)), fc.string({ unit: 'binary' }))
const json = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.bigInt(), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }),
})) // biome-ignore format: a grammar

test('attributes written as text are those of the object, whatever the record', () => {
  fc.assert(
    fc.property(json.object as fc.Arbitrary<Record<string, unknown>>, (record) => {
      const plain = Object.fromEntries(Object.entries(record).map(([k, v]) => [`_${k}`, v]))
      expect(row(plain).attributes).toEqual(JSON.parse(JSON.stringify(attributesOf(plain))))
    }),
    { numRuns: 2000 },
  )
})
