import { waitUntil } from 'cloudflare:workers'
import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { log, reason } from '../../shared/log.ts'
import { logEvent, transformLog } from '../../shared/logs/pipeline/log.ts'
import { addOutcomes, type Happened, placeOf } from '../../shared/logs/pipeline/outcomes.ts'
import { keepSample } from '../../shared/logs/pipeline/samples.ts'
import type { OutcomeName, Signal } from '../../shared/logs/pipeline/schema.ts'
import { spanEvent, transformSpan } from '../../shared/logs/pipeline/span.ts'
import type { Door } from '../../shared/logs/pipeline/transform.ts'
import { parseRecords } from '../../shared/logs/split.ts'
import { encodeJson, parseJson } from '../../shared/logs/vrl/json.ts'
import type { Value } from '../../shared/logs/vrl/value.ts'
import type { Span } from '../../shared/traces/row.ts'
import type { Source } from './source.ts'
import type { LogRecord } from './store-logs.ts'
import type { Asked } from './wire.ts'

/**
 * What the doors do for sources with a program; imported only by those. One request's records go through one `Door`, so that what
 * happened is told once.
 */
export function* transformedLogs(asked: Asked, records: Iterable<LogRecord>): Generator<LogRecord> {
  const pipeline = asked.source.vrl.logs!
  const door = doorOf(asked, 'logs')
  const sample = new Sample(asked, 'logs')
  for (const record of records) {
    sample.see(() => logEvent(record))
    yield* transformLog(pipeline, record, door)
  }
  sample.keep()
}

/** Records as a program has to see them: 5.0 is no 5, and integers of 64 bits have all their digits. Throws `SyntaxError`. */
export function parseExact(group: string): unknown[] {
  try {
    return parseJson(group) as unknown[]
  } catch {
    // nested deeper than the language reads, or no JSON at all, which is worded there
    return parseRecords(group)
  }
}

/** Spans of one request through the program, one after another. */
export function spanTransformer(asked: Asked): (span: Span) => readonly Span[] {
  const pipeline = asked.source.vrl.spans!
  const door = doorOf(asked, 'spans')
  const sample = new Sample(asked, 'spans')
  return (span) => {
    if (sample.see(() => spanEvent(span))) sample.keep()
    return transformSpan(pipeline, span, door)
  }
}

const doorOf = ({ env, source, at }: Asked, signal: Signal): Door => ({
  at,
  random: Math.random,
  note: (outcome, message) => noteOutcome(env, source, signal, outcome, message),
})

const WRITE_MS = 5000
const SOURCES_MAX = 1000
const PLACES_MAX = 50
type Pending = { team: string; places: Map<string, Happened> }
/** Per isolate: what happened and is not written yet, by source. A program that fails for every event costs one write in five seconds. */
const pending = new Map<string, Pending>()

/** Counts are at least what happened: an isolate that ends forgets its last seconds. */
function noteOutcome(env: Env, { team, id }: Source, signal: Signal, outcome: OutcomeName, message: string): void {
  let held = pending.get(id)
  if (!held) {
    if (pending.size >= SOURCES_MAX) return
    held = { team, places: new Map() }
    pending.set(id, held)
    waitUntil(writeSoon(env, id))
  }
  const place = placeOf(message)
  const key = `${signal} ${outcome} ${place}`
  const happened = held.places.get(key) ?? { signal, outcome, place, message: '', count: 0 }
  happened.message = message.slice(0, 500)
  happened.count += 1
  if (held.places.size < PLACES_MAX || held.places.has(key)) held.places.set(key, happened)
}

/** Sources of which something was written a moment ago: what comes next waits a little. */
const quietUntil = new Map<string, number>()

async function writeSoon(env: Env, source: string): Promise<void> {
  const wait = (quietUntil.get(source) ?? 0) - Date.now()
  await scheduler.wait(Math.max(100, wait))
  const held = pending.get(source)
  pending.delete(source)
  if (quietUntil.size >= SOURCES_MAX) quietUntil.clear()
  quietUntil.set(source, Date.now() + WRITE_MS)
  if (held)
    await addOutcomes(db(env.DB), held.team, source, [...held.places.values()], Date.now()).catch((e) =>
      log('pipeline-outcomes-not-noted', { message: reason(e) }),
    )
}

const SAMPLE_EVENTS = 20
const SAMPLE_CHARS = 64_000
const SAMPLE_MS = 10_000
/** Per isolate and source: when a sample was last kept. */
const sampled = new Map<string, number>()

/** Some events of a request as they came, for whoever writes the program just now. At most one try in ten seconds a source. */
class Sample {
  private readonly asked: Asked
  private readonly signal: Signal
  private readonly wanted: boolean
  private events: Value[] = []

  constructor(asked: Asked, signal: Signal) {
    this.asked = asked
    this.signal = signal
    this.wanted = (sampled.get(`${asked.source.id} ${signal}`) ?? 0) + SAMPLE_MS <= asked.at
  }

  /** True for the first event of a sample that is wanted. */
  see(event: () => Value): boolean {
    if (!this.wanted || this.events.length >= SAMPLE_EVENTS) return false
    try {
      return this.events.push(event()) === 1
    } catch {
      // what is too deep for a program is too deep to show
      return false
    }
  }

  keep(): void {
    if (!this.events.length) return
    const { env, source, at } = this.asked
    if (sampled.size >= SOURCES_MAX) sampled.clear()
    sampled.set(`${source.id} ${this.signal}`, at)
    const texts: string[] = []
    let chars = 0
    for (const event of this.events) {
      const text = textOf(event)
      chars += text.length
      if (chars > SAMPLE_CHARS) break
      if (text) texts.push(text)
    }
    if (!texts.length) return
    const keeping = keepSample(db(env.DB), source.team, source.id, this.signal, texts, at)
    waitUntil(keeping.catch((e) => log('pipeline-sample-not-kept', { message: reason(e) })))
  }
}

function textOf(event: Value): string {
  try {
    return encodeJson(event)
  } catch {
    return ''
  }
}
