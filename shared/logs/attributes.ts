/** Past these a record is cut and says so in `_tocsin.truncated`, never silently. */
export const ATTRIBUTES_MAX = 1000
export const DEPTH_MAX = 64

/** Nested objects become dotted names, arrays stay JSON, everything is text: `Map(String, String)`. Null and empty objects are left out. */
export function attributesOf(fields: Record<string, unknown>, used: readonly string[] = []): Record<string, string> {
  // an ordinary object: one without a prototype is written twice as slowly
  const out: Record<string, string> = {}
  let count = 0
  let cut = 0
  const put = (name: string, value: string) => {
    if (count >= ATTRIBUTES_MAX) cut += 1
    else if (name === '__proto__') Object.defineProperty(out, name, { value, enumerable: true })
    else {
      out[name] = value
      count += 1
    }
  }
  const walk = (object: Record<string, unknown>, prefix: string, depth: number) => {
    for (const key in object) {
      if (!prefix && used.includes(key)) continue
      const value = object[key]
      if (value === null || value === undefined) continue
      const name = prefix + key
      if (isNested(value, depth)) walk(value as Record<string, unknown>, `${name}.`, depth + 1)
      else put(name, flat(value))
    }
  }
  walk(fields, '', 1)
  if (cut) out['_tocsin.truncated'] = `${cut} attributes beyond the first ${ATTRIBUTES_MAX}`
  return out
}

/** A dotted name as it is written, and the names below it. `row` is the last row that has it. */
type Name = { path: string; written: string; row: number; inner: Map<string, Name> }

const NAMES_MAX = 5000
const NAME_CHARS_MAX = 200
/** By path, so that `{"a.b":1}` and `{"a":{"b":1}}` are one name. Names repeat from record to record: writing one anew costs more than finding it. */
const names = new Map<string, Name>()
let top = new Map<string, Name>()

/**
 * The same as JSON text of `attributesOf`, written without making the object: a third of the time of a row (bench/decoders). Rows are
 * written one after another: `begin`, `add` for each field, `end`.
 */
export const attributesText = {
  begin(): void {
    if (names.size > NAMES_MAX) {
      names.clear()
      top = new Map()
    }
    row += 1
    text = ''
    count = 0
    isPlain = true
  },
  add(key: string, value: unknown): void {
    add(top, '', key, value, 1)
  },
  /** `fields` but `used` are what was added: a row with two attributes of one name, or too many, is read once more. */
  end: (fields: Record<string, unknown>, used: readonly string[]): string =>
    isPlain ? `{${text}}` : JSON.stringify(attributesOf(fields, used)),
}

let row = 0
let text = ''
let count = 0
let isPlain = true

function add(siblings: Map<string, Name>, prefix: string, key: string, value: unknown, depth: number): void {
  if (value === null || value === undefined || !isPlain) return
  const name = siblings.get(key) ?? named(siblings, prefix, key)
  if (isNested(value, depth)) {
    const object = value as Record<string, unknown>
    for (const inner in object) add(name.inner, `${name.path}.`, inner, object[inner], depth + 1)
    return
  }
  count += 1
  if (name.row === row || count > ATTRIBUTES_MAX || name.path.length > NAME_CHARS_MAX) {
    isPlain = false
    return
  }
  name.row = row
  text += `${count > 1 ? ',' : ''}${name.written}${quoted(typeof value === 'string' ? value : flat(value))}`
}

function named(siblings: Map<string, Name>, prefix: string, key: string): Name {
  const path = prefix + key
  const found = names.get(path) ?? { path, written: `${JSON.stringify(path)}:`, row: 0, inner: new Map() }
  if (path.length > NAME_CHARS_MAX) return found
  names.set(path, found)
  siblings.set(key, found)
  return found
}

/** Text that JSON writes as it is. Half of a pair of surrogates is not among it: JSON.stringify decides whether the other half is there. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes
const ODD = /["\\\u0000-\u001f\ud800-\udfff]/
export const quoted = (value: string): string => (ODD.test(value) ? JSON.stringify(value) : `"${value}"`)

const isNested = (value: unknown, depth: number): boolean =>
  typeof value === 'object' && depth < DEPTH_MAX && !Array.isArray(value) && !ArrayBuffer.isView(value)

const flat = (value: unknown): string =>
  typeof value !== 'object' ? String(value) : ArrayBuffer.isView(value) ? bytesText(value) : shallow(value)

/** JSON text of a value however deep: past the limit its place is marked. */
export function shallow(value: unknown): string {
  const cut = (v: unknown, depth: number): unknown => {
    if (typeof v === 'bigint') return String(v)
    if (typeof v !== 'object' || v === null) return v
    if (ArrayBuffer.isView(v)) return bytesText(v)
    if (depth > DEPTH_MAX) return '_tocsin.truncated'
    return Array.isArray(v)
      ? v.map((x) => cut(x, depth + 1))
      : Object.fromEntries(Object.entries(v).map(([k, x]) => [k, cut(x, depth + 1)]))
  }
  return JSON.stringify(cut(value, 1))
}

/** Bytes that are text stay text, others become base64. */
function bytesText(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    let binary = ''
    for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
    return btoa(binary)
  }
}
