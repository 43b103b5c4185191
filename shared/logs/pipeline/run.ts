import { compile, type Program } from '../vrl/index.ts'
import { Exhausted, type Fields, isObject, type Value } from '../vrl/value.ts'
import { diagnosticBody } from './diagnostic.ts'
import { plainOf, vrlValue } from './plain.ts'
import type { DiagnosticBody, RunBody } from './schema.ts'
import { ERROR_FIELD, eventsOf, markOf } from './transform.ts'

/** `at`: epoch ms. `random`: uniform in [0, 1). `clock`: ms that go on, for how long an event took. */
export type Surroundings = { at: number; random: () => number; clock: () => number }
type Result = RunBody['results'][number]

/** What the compiler finds in a program, without running it. */
export function check(source: string): { errors: DiagnosticBody[]; warnings: DiagnosticBody[] } {
  const compiled = compile(source)
  return 'program' in compiled
    ? { errors: [], warnings: compiled.program.warnings.map((d) => diagnosticBody(source, d)) }
    : { errors: compiled.diagnostics.map((d) => diagnosticBody(source, d)), warnings: [] }
}

/** Tries a program on events without storing anything. With errors among the diagnostics nothing ran. */
export function tryProgram(
  source: string,
  events: readonly unknown[],
  { at, random, clock }: Surroundings,
): { diagnostics: DiagnosticBody[]; results: Result[]; elapsed_ms: number } {
  const began = clock()
  const compiled = compile(source)
  const found = 'program' in compiled ? compiled.program.warnings : compiled.diagnostics
  const results = 'program' in compiled ? events.map((event) => tryOne(compiled.program, event, { at, random, clock })) : []
  return { diagnostics: found.map((d) => diagnosticBody(source, d)), results, elapsed_ms: clock() - began }
}

function tryOne(program: Program, event: unknown, { at, random, clock }: Surroundings): Result {
  const began = clock()
  let steps = 0
  const outcome = outcomeOf(program, event, at, random, (n) => {
    steps = n
  })
  const after = { event, steps, elapsed_us: Math.round((clock() - began) * 1000) }
  if ('error' in outcome) return { ...after, outcome: 'error', events: [], value: null, message: outcome.error }
  if ('aborted' in outcome) return { ...after, outcome: 'aborted', events: [], value: null, message: outcome.aborted }
  const left = eventsOf(outcome.event).map((e) => jsonOf(plainOf(e)))
  return { ...after, outcome: 'ok', events: left, value: jsonOf(plainOf(outcome.ok)) ?? null, message: null }
}

function outcomeOf(program: Program, event: unknown, at: number, random: () => number, spent: (steps: number) => void) {
  try {
    const value = vrlValue(event)
    return program.run(isObject(value) ? value : { message: value }, { at, random, spent })
  } catch (e) {
    if (e instanceof Exhausted) return { error: e.message }
    if (e instanceof RangeError) return { error: 'the event is nested too deeply' }
    throw e
  }
}

/** Integers that JSON readers would round are text. */
function jsonOf(v: unknown): unknown {
  if (typeof v === 'bigint') return String(v)
  if (typeof v !== 'object' || v === null) return v
  if (Array.isArray(v)) return v.map(jsonOf)
  const o = v as Record<string, unknown>
  let copy: Record<string, unknown> | undefined
  for (const k in o) {
    const x = jsonOf(o[k])
    if (x === o[k]) continue
    copy ??= { ...o }
    copy[k] = x
  }
  return copy ?? v
}

/** Columns and rows as every query answers them. */
export type Table = { columns: { name: string; type: string }[]; data: Record<string, unknown>[] }

/**
 * For `query_type: "VRL"`: each row is an event, what the program leaves is a row of the answer (several when it leaves an array, none
 * after `abort`; a row at which it fails stays as it was, marked `_tocsin.vrl_error`). `diagnostics` when the program does not compile.
 * Steps of all rows together are bounded: `exhausted` when they do not suffice.
 */
export function runOverRows(
  source: string,
  rows: readonly Record<string, unknown>[],
  { at, random }: Pick<Surroundings, 'at' | 'random'>,
): Table | { diagnostics: DiagnosticBody[] } | { exhausted: string } {
  const compiled = compile(source)
  if ('diagnostics' in compiled) return { diagnostics: compiled.diagnostics.map((d) => diagnosticBody(source, d)) }
  const data: Record<string, unknown>[] = []
  let left = STEPS_MAX
  for (const row of rows) {
    const outcome = outcomeOf(compiled.program, row, at, random, (steps) => {
      left -= steps + 20
    })
    if (left < 0) return { exhausted: `The program takes too many steps over ${rows.length} rows. Ask for fewer rows.` }
    if ('error' in outcome) data.push({ ...row, [ERROR_FIELD]: markOf(outcome.error) })
    else if ('ok' in outcome) for (const event of eventsOf(outcome.event)) data.push(rowOf(event))
    if (data.length > ROWS_MAX) return { exhausted: `The program leaves more than ${ROWS_MAX} rows.` }
  }
  return { columns: columnsOf(data), data }
}

const STEPS_MAX = 5_000_000
const ROWS_MAX = 20_000

const rowOf = (event: Fields): Record<string, unknown> => jsonOf(plainOf(event as Value)) as Record<string, unknown>

/** Every name of every row in the order of its first appearance, with the narrowest of ClickHouse's types that all its values have. */
function columnsOf(data: readonly Record<string, unknown>[]): Table['columns'] {
  const types = new Map<string, { seen: Set<string>; count: number }>()
  for (const row of data)
    for (const name of Object.keys(row)) {
      if (row[name] === undefined) continue
      const held = types.get(name) ?? { seen: new Set(), count: 0 }
      types.set(name, held)
      if (row[name] === null) continue
      held.seen.add(typeOf(row[name]))
      held.count += 1
    }
  return [...types].map(([name, { seen, count }]) => {
    const type =
      seen.size === 1 ? [...seen][0]! : [...seen].every((t) => t === 'Int64' || t === 'Float64') && seen.size ? 'Float64' : 'String'
    const whole = seen.size > 1 && type === 'String' ? 'JSON' : type
    return { name, type: count === data.length || whole === 'JSON' ? whole : `Nullable(${whole})` }
  })
}

const typeOf = (v: unknown): string =>
  typeof v === 'number'
    ? Number.isInteger(v)
      ? 'Int64'
      : 'Float64'
    : typeof v === 'boolean'
      ? 'Bool'
      : typeof v === 'object'
        ? 'JSON'
        : 'String'
