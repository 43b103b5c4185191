import { compile, type Outcome, type Program } from '../vrl/index.ts'
import { Exhausted, type Fields, isObject, type Value } from '../vrl/value.ts'
import type { Drops, OutcomeName } from './schema.ts'

/** The program of a source for one signal, and what it leaves out. */
export type Pipeline = { program: string; drops: Drops }

/** `at`: epoch ms. `random`: uniform in [0, 1). `note` hears of everything that is not an event transformed. */
export type Door = { at: number; random: () => number; note: (outcome: OutcomeName, message: string) => void }

/** What became of one event: what is to be stored, or the message of the error with which it is to be stored as it came. */
export type Became = { events: readonly Fields[] } | { marked: string } | 'as-it-came'

const PROGRAMS_MAX = 200
/** Per isolate, by the text itself; the oldest goes first. What does not compile is remembered too. */
const compiled = new Map<string, Program | { error: string }>()

/** The compiled program; compiled once however many sources and requests have it. */
export function programOf(source: string): Program | { error: string } {
  const known = compiled.get(source)
  if (known) return known
  const result = compile(source)
  const found =
    'program' in result ? result.program : { error: `the program does not compile: ${result.diagnostics[0]?.message ?? 'no reason'}` }
  if (compiled.size >= PROGRAMS_MAX) compiled.delete(compiled.keys().next().value!)
  compiled.set(source, found)
  return found
}

/**
 * Runs a pipeline as Vector's `remap` does: what the program leaves is the event, an array is several. `abort` leaves the event out
 * unless told otherwise; an error keeps it as it came, marked, unless told otherwise. Limits are errors.
 */
export function transform({ program: source, drops }: Pipeline, event: () => Value, { at, random, note }: Door): Became {
  const program = programOf(source)
  if ('error' in program) {
    note('error', program.error)
    return { marked: program.error }
  }
  const outcome = outcomeOf(program, event, at, random)
  if ('ok' in outcome) return { events: eventsOf(outcome.event) }
  const [why, message] = 'error' in outcome ? (['error', outcome.error] as const) : (['abort', outcome.aborted ?? 'aborted'] as const)
  if (drops === why || drops === 'abort,error') {
    note('dropped', message)
    return { events: [] }
  }
  note(why === 'error' ? 'error' : 'aborted', message)
  return why === 'error' ? { marked: message } : 'as-it-came'
}

function outcomeOf(program: Program, event: () => Value, at: number, random: () => number): Outcome {
  try {
    return program.run(event(), { at, random })
  } catch (e) {
    if (e instanceof Exhausted) return { error: e.message }
    // an event so deep that looking at it ends the stack
    if (e instanceof RangeError) return { error: 'the event is nested too deeply' }
    throw e
  }
}

/** Vector's `into_events`: an array is one event per element, what is no object is a message. */
export function eventsOf(left: Value): Fields[] {
  if (Array.isArray(left)) return left.map(eventOf)
  return [eventOf(left)]
}
const eventOf = (v: Value): Fields => (isObject(v) ? v : { message: v })

/** Marks a record that is stored as it came. */
export const ERROR_FIELD = '_tocsin.vrl_error'
const MESSAGE_MAX = 500
export const markOf = (message: string): string => message.slice(0, MESSAGE_MAX)
