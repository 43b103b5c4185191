type Row = Record<string, unknown>

/**
 * An event as it may have come, from its stored row: dotted names are objects again, texts that can only have been numbers, booleans or
 * arrays are those again. What was text that looks like a number is taken for one.
 */
export function rebuiltLog(row: Row): Row {
  const { attributes, ...columns } = row
  const event: Row = {}
  for (const [name, value] of Object.entries(columns)) if (value !== '') event[name] = name === 'timestamp' ? brief(String(value)) : value
  for (const [name, value] of Object.entries(nested((attributes ?? {}) as Record<string, string>)))
    if (!Object.hasOwn(event, name)) set(event, name, value)
  return event
}

/** A time without the zeros that the table adds. */
const brief = (time: string): string => time.replace(/(\.\d{3}(?:\d{3})?)0+Z$/, '$1Z').replace(/\.000Z$/, 'Z')

/** A span likewise: its columns, with attributes, events and links as the program sees them. */
export function rebuiltSpan(row: Row): Row {
  const at = (name: string): unknown[] => (Array.isArray(row[name]) ? row[name] : [])
  const { duration_ns, attributes, ...rest } = row
  const columns = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.includes('.')))
  return {
    ...columns,
    duration_ns: Number(duration_ns),
    attributes: nested((attributes ?? {}) as Record<string, string>),
    events: at('events.name').map((name, i) => ({
      name,
      timestamp: at('events.timestamp')[i],
      attributes: nested((at('events.attributes')[i] ?? {}) as Record<string, string>),
    })),
    links: at('links.trace_id').map((trace_id, i) => ({
      trace_id,
      span_id: at('links.span_id')[i],
      attributes: nested((at('links.attributes')[i] ?? {}) as Record<string, string>),
    })),
  }
}

function nested(attributes: Record<string, string>): Row {
  const out: Row = {}
  for (const [name, text] of Object.entries(attributes)) put(out, name, likely(text))
  return out
}

/** A name that would lie within a value that is no object stays in one piece. */
function put(out: Row, name: string, value: unknown): void {
  const steps = name.split('.')
  const last = steps.pop()!
  const inside = name.startsWith('_tocsin.') || steps.includes('') || last === '' ? null : within(out, steps)
  set(inside ?? out, inside ? last : name, value)
}

/** The object at the end of these steps, made on the way; null where something else stands. */
function within(out: Row, steps: readonly string[]): Row | null {
  let at = out
  for (const step of steps) {
    if (!Object.hasOwn(at, step)) set(at, step, {})
    const next = at[step]
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return null
    at = next as Row
  }
  return at
}

const set = (o: Row, name: string, value: unknown): void => {
  Object.defineProperty(o, name, { value, enumerable: true, configurable: true, writable: true })
}

function likely(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text)) return Number(text)
  if (!text.startsWith('[') || !text.endsWith(']')) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
