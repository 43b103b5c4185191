import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { RECORD_BYTES_MAX, type SplitError, Splitter } from './split.ts'

const encode = (text: string) => new TextEncoder().encode(text)
function records(body: Uint8Array, cut: number): unknown[] {
  const splitter = new Splitter()
  const groups: string[] = []
  for (let i = 0; i < body.length; i += cut) groups.push(...splitter.push(body.subarray(i, i + cut)))
  groups.push(...splitter.end())
  return groups.flatMap((g) => JSON.parse(g))
}
const all = (text: string) => [1, 2, 3, 7, 1e6].map((cut) => records(encode(text), cut))

test.each([
  ['one object', '{"a":1}', [{ a: 1 }]],
  ['lines', '{"a":1}\n{"b":2}\n', [{ a: 1 }, { b: 2 }]],
  ['lines of Windows, empty ones between', '{"a":1}\r\n\r\n{"b":2}', [{ a: 1 }, { b: 2 }]],
  ['an array', '[{"a":1}, {"b":[1,2,{"c":"]"}]}]', [{ a: 1 }, { b: [1, 2, { c: ']' }] }]],
  ['an array over lines', '[\n  {"a":1},\n  {"b":2}\n]\n', [{ a: 1 }, { b: 2 }]],
  ['a pretty object', '{\n  "a": {\n "b": 1\n}\n}', [{ a: { b: 1 } }]],
  ['strings with everything in them', '[{"a":"\\\\","b":"\\"}]{[,\\u0022"},{"c":"\\\\\\""}]', [{ a: '\\', b: '"}]{[,"' }, { c: '\\"' }]],
  ['bare values', '["x", 1, null]', ['x', 1, null]],
  ['bare lines', '"x"\n2\n', ['x', 2]],
  ['an empty array', '[]', []],
  ['a byte order mark', '\ufeff{"a":1}', [{ a: 1 }]],
  ['letters of every width', '{"é":"日本🎉"}', [{ é: '日本🎉' }]],
])('%s, however it is cut', (_, text, expected) => {
  for (const found of all(text)) expect(found).toEqual(expected)
})

test.each(['', '{', '{"a":1', '["a"', '[{"a":1}', '{"a":"b}', ']', '}', '[1]]', '[1]2'])('%s is not JSON', (text) => {
  for (const cut of [1, 100]) expect(() => records(encode(text), cut)).toThrow(expect.objectContaining({ error: 'not-json' }))
})

test('a record over the limit is refused without being held', () => {
  const splitter = new Splitter()
  const push = () => {
    for (const _ of splitter.push(encode('{"a":"'))) expect.unreachable()
    for (let i = 0; i < 100; i++) for (const _ of splitter.push(encode('x'.repeat(64_000)))) expect.unreachable()
  }
  expect(push).toThrow(expect.objectContaining({ error: 'record-too-large' } satisfies Partial<SplitError>))
  expect(RECORD_BYTES_MAX).toBe(1_000_000)
})

test('a long body comes in groups, none much larger than a quarter of a megabyte', () => {
  const splitter = new Splitter()
  const line = encode(`${JSON.stringify({ message: 'x'.repeat(980) })}\n`)
  const sizes: number[] = []
  for (let i = 0; i < 5000; i++) for (const g of splitter.push(line)) sizes.push(g.length)
  for (const g of splitter.end()) sizes.push(g.length)
  expect(sizes.length).toBeGreaterThan(10)
  expect(Math.max(...sizes)).toBeLessThan(300_000)
})

test('whatever JSON writes, in whatever pieces it comes, is read back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (values, cut, lines) => {
        const objects = values.map((v) => ({ v }))
        const text = lines ? objects.map((o) => JSON.stringify(o)).join('\n') : JSON.stringify(objects)
        expect(records(encode(text), cut)).toEqual(JSON.parse(JSON.stringify(objects)))
      },
    ),
    { numRuns: 300 },
  )
})
