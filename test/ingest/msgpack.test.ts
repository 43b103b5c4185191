import { encode } from '@msgpack/msgpack'
import { expect, test } from 'vitest'
import { msgpackRecords } from '../../shared/logs/msgpack.ts'

const records = (...parts: Uint8Array[]) => {
  const bytes = new Uint8Array(parts.flatMap((p) => [...p]))
  return [...msgpackRecords(bytes)].map((r) => (typeof r === 'string' ? r : r.record))
}

test.each<[string, Uint8Array[], unknown[]]>([
  ['a map', [encode({ a: 1 })], [{ a: 1 }]],
  ['an array', [encode([{ a: 1 }, { a: 2 }])], [{ a: 1 }, { a: 2 }]],
  [
    'several after one another',
    [encode({ a: 1 }), encode([{ a: 2 }, 'x']), encode({ a: [1, [2]] })],
    [{ a: 1 }, { a: 2 }, 'x', { a: [1, [2]] }],
  ],
  ['an empty array', [encode([])], []],
  [
    'text, numbers, bytes and nothing',
    [encode(['ž'.repeat(300), -1, 1.5, null, new Uint8Array([1, 2]), 2 ** 40])],
    ['ž'.repeat(300), -1, 1.5, null, new Uint8Array([1, 2]), BigInt(2 ** 40)],
  ],
  [
    'large maps and arrays',
    [encode(Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, [i]])))],
    [Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, [i]]))],
  ],
])('%s', (_, parts, expected) => {
  expect(records(...parts)).toEqual(expected)
})

test('timestamps of all three forms keep their nanoseconds', () => {
  const ext = (...bytes: number[]) => new Uint8Array(bytes)
  const four = ext(0xd6, 0xff, 0x65, 0x4f, 0xf3, 0x80)
  const eight = ext(0xd7, 0xff, 0x1d, 0x6f, 0x34, 0x54, 0x65, 0x4f, 0xf3, 0x80)
  const twelve = ext(0xc7, 12, 0xff, 0x07, 0x5b, 0xcd, 0x15, 0, 0, 0, 0, 0x65, 0x4f, 0xf3, 0x80)
  const at = new Date(0x654ff380 * 1000).toISOString().slice(0, 20)
  expect(records(four, eight, twelve)).toEqual([`${at}000000000Z`, `${at}123456789Z`, `${at}123456789Z`])
})

test('events of Fluent Bit, in the form of before and since 2.1, are records with their time', () => {
  const time = [0xd7, 0x00, 0x65, 0x4f, 0xf3, 0x80, 0x07, 0x5b, 0xcd, 0x15]
  const map = [...encode({ log: 'a' })]
  const known = { timestamp: `${new Date(0x654ff380 * 1000).toISOString().slice(0, 20)}123456789Z` }
  const body = new Uint8Array([
    0x92,
    ...time,
    ...map,
    0x92,
    0x92,
    ...time,
    0x80,
    ...map,
    0x92,
    0x92,
    ...time,
    ...encode({ otlp: [1] }),
    ...map,
  ])
  expect([...msgpackRecords(body)]).toEqual([1, 2, 3].map(() => ({ record: { log: 'a' }, known })))
  const inArray = new Uint8Array([0x92, 0x92, ...time, ...map, 0x92, ...time, ...map])
  expect([...msgpackRecords(inArray)]).toEqual([1, 2].map(() => ({ record: { log: 'a' }, known })))
  expect([...msgpackRecords(body.subarray(0, 11))].at(-1)).toBe('not-msgpack')
})

test.each<[string, number[]]>([
  ['a cut map', [0x82, 0xa1, 0x61]],
  ['a cut string', [0xd9, 0x20, 0x61]],
  ['a byte nobody uses', [0xc1]],
  ['an array that is longer than the body', [0xdd, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ['nothing', []],
])('%s is not MessagePack', (_, bytes) => {
  expect(records(new Uint8Array(bytes)).at(-1)).toBe('not-msgpack')
})

test('arrays in arrays without end are refused, not followed', () => {
  expect(records(new Uint8Array([0x81, 0xa1, 0x61, ...new Array(100_000).fill(0x91), 0x01]))).toEqual(['not-msgpack'])
})

test('a record over 1 MB is told', () => {
  expect(records(encode({ a: 'x'.repeat(1_000_001) }))).toEqual(['record-too-large'])
})
