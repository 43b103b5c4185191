import { expect, test } from 'vitest'
import { equal } from './equal.ts'
import {
  Bytes,
  bytes,
  compareText,
  Float,
  field,
  fieldNames,
  fields,
  floatText,
  integer,
  kindOf,
  Long,
  put,
  Timestamp,
  timestampOf,
  timestampText,
} from './value.ts'

test('bytes are text when they are valid UTF-8', () => {
  expect(bytes(new Uint8Array([0xc3, 0xa9]))).toBe('é')
  expect(bytes(new Uint8Array([0xff]))).toBeInstanceOf(Bytes)
})

test('integers keep 64 bits and wrap around', () => {
  expect(integer(9007199254740991n)).toBe(9007199254740991)
  expect(integer(9007199254740992n)).toEqual(new Long(9007199254740992n))
  expect(integer(9223372036854775808n)).toEqual(new Long(-9223372036854775808n))
})

test.each([
  [null, 'null'],
  [5, 'integer'],
  [new Float(5), 'float'],
  [5.5, 'float'],
  [new Long(1n << 60n), 'integer'],
  [new Bytes(new Uint8Array([255])), 'string'],
  [[], 'array'],
  [{}, 'object'],
] as const)('the kind of %j is %s', (v, kind) => {
  expect(kindOf(v as never)).toBe(kind)
})

test.each([
  [5, '5.0'],
  [-0, '-0.0'],
  [0.1, '0.1'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1.5e-7, '1.5e-7'],
  [0.00001, '0.00001'],
])('the float %d is written %s', (n, text) => {
  expect(floatText(n)).toBe(text)
})

test('the fields an object inherits are none of its own', () => {
  const o = fields([['__proto__', 1]])
  put(o, 'constructor', 2)
  expect(fieldNames(o)).toEqual(['__proto__', 'constructor'])
  expect(field({}, 'toString')).toBeUndefined()
  expect(Object.getPrototypeOf(o)).toBe(Object.prototype)
})

test('text is ordered by its bytes', () => {
  expect(['\u{ffff}', '\u{1f600}', 'b', 'a'].sort(compareText)).toEqual(['a', 'b', '\u{ffff}', '\u{1f600}'])
})

test('1 and 1.0 differ, deleted fields do not exist', () => {
  expect(equal(1, new Float(1))).toBe(false)
  expect(equal({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(equal([{ a: new Float(2) }], [{ a: new Float(2) }])).toBe(true)
})

test.each([
  [0n, '1970-01-01T00:00:00Z'],
  [-1n, '1969-12-31T23:59:59.999999999Z'],
  [1_500_000_000n, '1970-01-01T00:00:01.500Z'],
  [1_000_001_000n, '1970-01-01T00:00:01.000001Z'],
])('%d ns is %s', (nanos, text) => {
  expect(timestampText(timestampOf(nanos))).toBe(text)
  expect(new Timestamp(timestampOf(nanos).ms, timestampOf(nanos).ns).nanos()).toBe(nanos)
})
