import { describe, expect, test } from 'vitest'
import { parseJson } from '../vrl/json.ts'
import { type Log, transformLog } from './log.ts'
import type { Drops } from './schema.ts'

const at = Date.UTC(2026, 4, 5, 12)

function through(program: string, log: Log, drops: Drops = 'abort') {
  const noted: string[] = []
  const made = transformLog({ program, drops }, log, {
    at,
    random: () => 0.5,
    note: (outcome, message) => noted.push(`${outcome}: ${message}`),
  })
  return { made, noted }
}

test('what the program leaves is the record', () => {
  expect(through('.level = upcase!(.level)\ndel(.secret)', { record: { level: 'info', secret: 1, n: 2 } })).toEqual({
    made: [{ record: { level: 'INFO', n: 2 } }],
    noted: [],
  })
})

test('the record that came in is not changed', () => {
  const record = { a: { b: 1 } }
  through('.a.b = 2', { record })
  expect(record).toEqual({ a: { b: 1 } })
})

test('an array is one record per element, and what is no object is a message', () => {
  expect(through('. = [{"a": 1}, "two", 3]', { record: {} }).made).toEqual([
    { record: { a: 1 } },
    { record: { message: 'two' } },
    { record: { message: 3 } },
  ])
})

test('a record that is no object is a message', () => {
  expect(through('.message = upcase!(.message)', { record: 'hello' }).made).toEqual([{ record: { message: 'HELLO' } }])
})

describe('abort', () => {
  test('leaves the record out', () => {
    expect(through('abort "debug"', { record: { a: 1 } })).toEqual({ made: [], noted: ['dropped: debug'] })
  })
  test('keeps it as it came when told to', () => {
    expect(through('.a = 2\nabort', { record: { a: 1 } }, 'nothing')).toEqual({ made: [{ record: { a: 1 } }], noted: ['aborted: aborted'] })
  })
})

describe('an error', () => {
  const failing = '.a = 2\n.b = parse_json!(.text)'
  test('keeps the record as it came, marked', () => {
    const { made, noted } = through(failing, { record: { a: 1, text: '{' } })
    expect(made).toEqual([
      { record: { a: 1, text: '{', '_tocsin.vrl_error': expect.stringMatching(/^function call error for "parse_json" at \(12:30\)/) } },
    ])
    expect(noted).toHaveLength(1)
  })
  test('leaves it out when told to', () => {
    expect(through(failing, { record: { text: '{' } }, 'abort,error').made).toEqual([])
    expect(through(failing, { record: { text: '{' } }, 'error').made).toEqual([])
  })
})

describe('exceeding a limit drops nothing', () => {
  test.each([
    [
      'steps',
      '.n = 0\nfor_each(array!(.xs)) -> |_, _| { for_each(array!(.xs)) -> |_, _| { for_each(array!(.xs)) -> |_, _| { .n = 1 } } }',
      'too many steps',
    ],
    ['output', '.m = "x"\nfor_each(array!(.xs)) -> |_, _| { .m = [.m, .m] }', 'too large'],
    ['program', `.a = "${'x'.repeat(70_000)}"`, 'longer than'],
  ])('%s', (_, program, why) => {
    const { made, noted } = through(program, { record: { a: 1, xs: Array.from({ length: 100 }, (_, i) => i) } })
    expect(made).toHaveLength(1)
    expect(made[0]!.record).toMatchObject({ a: 1, '_tocsin.vrl_error': expect.stringContaining(why) })
    expect(noted).toEqual([expect.stringContaining(why)])
  })
  test('depth of the event', () => {
    let record: unknown = 1
    for (let i = 0; i < 5000; i++) record = { a: record }
    expect(through('.b = 1', { record }).made[0]!.record).toMatchObject({ '_tocsin.vrl_error': 'the event is nested too deeply' })
  })
})

test('a program that does not compile marks every record and loses none', () => {
  expect(through('.a = ', { record: { a: 1 } }).made[0]!.record).toMatchObject({
    a: 1,
    '_tocsin.vrl_error': expect.stringContaining('does not compile'),
  })
})

describe('what the protocol knows', () => {
  const known = { timestamp: '2026-05-05T11:59:58.123456789Z', level: 'warn', message: 'slow', service: 'api', trace_id: '', span_id: '' }
  test('is fields of the event, and goes back', () => {
    const { made } = through(
      '.message = "[" + string!(.level) + "] " + string!(.message)\n.kind = type_def(.timestamp)\n.ns = to_unix_timestamp!(.timestamp, unit: "nanoseconds")',
      { record: { a: 1 }, known },
    )
    expect(made).toEqual([{ record: { a: 1, kind: { any: true }, ns: 1777982398123456789n }, known: { ...known, message: '[warn] slow' } }])
  })
  test('can be changed and deleted', () => {
    const { made } = through('.timestamp = t\'2026-05-05T11:00:00Z\'\ndel(.service)\n.message = {"a": 1}', { record: {}, known })
    expect(made[0]!.known).toEqual({ ...known, timestamp: '2026-05-05T11:00:00.000Z', service: '', message: '{"a":1}' })
  })
  test('a time that is none stays what it was', () => {
    expect(through('.timestamp = "soon"', { record: {}, known }).made[0]!.known!.timestamp).toBe(known.timestamp)
  })
})

test('values of the wire are values of the language', () => {
  const record = { big: 9007199254740993n, bytes: new TextEncoder().encode('héllo'), nothing: undefined, nested: { list: [1n, { x: 2n }] } }
  expect(through('.kinds = [is_integer(.big), is_string(.bytes), is_null(.nothing)]', { record }).made[0]!.record).toEqual({
    big: 9007199254740993n,
    bytes: 'héllo',
    nested: { list: [1, { x: 2 }] },
    kinds: [true, true, true],
  })
})

test('numbers that were read exactly are stored as they were written, whatever the program does', () => {
  const record = parseJson('{"whole": 5.0, "id": 9007199254740993}') as object
  expect(through('.is = [is_float(.whole), is_integer(.id)]', { record }).made[0]!.record).toEqual({
    whole: 5,
    id: 9007199254740993n,
    is: [true, true],
  })
  for (const program of ['abort', '.x = parse_json!("{")'])
    expect(through(program, { record }, 'nothing').made[0]!.record).toMatchObject({ whole: 5, id: 9007199254740993n })
})

test('names that every object answers to are plain data', () => {
  const record = JSON.parse('{"__proto__": {"admin": true}, "constructor": "c"}')
  const made = through('.__proto__.x = 1\n.found = .toString', { record }).made[0]!.record as object
  expect(JSON.stringify(made)).toBe('{"__proto__":{"admin":true,"x":1},"constructor":"c","found":null}')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})
