import { expect, test } from 'vitest'
import { check, runOverRows, tryProgram } from './run.ts'

let now = 0
const around = { at: Date.UTC(2026, 4, 5, 12), random: () => 0.5, clock: () => (now += 0.25) }

test('a try tells outcome, events, value, steps and time of each event', () => {
  const { diagnostics, results } = tryProgram(
    'if .drop == true { abort "no" }\n.n = to_int!(.n) + 1\n.t = now()',
    [{ n: '1' }, { drop: true }, { n: 'x' }],
    around,
  )
  expect(diagnostics).toEqual([])
  expect(results).toMatchObject([
    {
      event: { n: '1' },
      outcome: 'ok',
      events: [{ n: 2, t: '2026-05-05T12:00:00Z' }],
      value: '2026-05-05T12:00:00Z',
      message: null,
      elapsed_us: 250,
    },
    { event: { drop: true }, outcome: 'aborted', events: [], message: 'no' },
    { event: { n: 'x' }, outcome: 'error', events: [], message: expect.stringContaining('to_int') },
  ])
  expect(results[0]!.steps).toBeGreaterThan(0)
})

test('integers beyond what JSON readers hold are text', () => {
  expect(tryProgram('.n = 9223372036854775807', [{}], around).results[0]!.events).toEqual([{ n: '9223372036854775807' }])
})

test('what does not compile runs nothing and says where', () => {
  const { diagnostics, results } = tryProgram('.a = 1\n.b = upcase(.a)', [{}], around)
  expect(results).toEqual([])
  expect(diagnostics).toMatchObject([
    { severity: 'error', code: 'E110', labels: [{ line: 2, column: 13, primary: true }, { primary: false }] },
  ])
  expect(diagnostics[0]!.rendered).toContain('┌─ :2:13')
})

test('warnings come with a program that runs', () => {
  expect(check('upcase("a")\n.b = 1')).toMatchObject({ errors: [], warnings: [{ severity: 'warning' }] })
})

test('over rows: dropped, marked, several, and columns of what is left', () => {
  const rows = [
    { n: 1, s: 'a' },
    { n: 2, s: 'b' },
    { n: 3, s: '{' },
    { n: 4, s: 'd' },
  ]
  const answer = runOverRows(
    'if .n == 2 { abort }\nif .n == 3 { .s = parse_json!(.s) }\nif .n == 4 { . = [{"n": 4.5}, {"n": null, "ok": true}] }',
    rows,
    around,
  )
  expect(answer).toEqual({
    columns: [
      { name: 'n', type: 'Nullable(Float64)' },
      { name: 's', type: 'Nullable(String)' },
      { name: '_tocsin.vrl_error', type: 'Nullable(String)' },
      { name: 'ok', type: 'Nullable(Bool)' },
    ],
    data: [{ n: 1, s: 'a' }, { n: 3, s: '{', '_tocsin.vrl_error': expect.any(String) }, { n: 4.5 }, { n: null, ok: true }],
  })
})

test('over rows: the steps of all rows together are bounded', () => {
  const xs = Array.from({ length: 300 }, (_, i) => i)
  const program = 'for_each(array!(.xs)) -> |_, _| { for_each(array!(.xs)) -> |_, _| { x = 1 } }'
  expect(
    runOverRows(
      program,
      Array.from({ length: 200 }, () => ({ xs })),
      around,
    ),
  ).toEqual({ exhausted: expect.stringContaining('steps') })
})
