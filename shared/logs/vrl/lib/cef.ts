import { type Fields, fail, field, fieldNames, fields, put } from '../value.ts'

const headers = ['cefVersion', 'deviceVendor', 'deviceProduct', 'deviceVersion', 'deviceEventClassId', 'name', 'severity'] as const

const unescapedHeader = (s: string): string => s.replace(/\\([\\|])/g, '$1')
const unescapedValue = (s: string): string => s.replace(/\\(n|r|=|\\)/g, (_, c: string) => ({ n: '\n', r: '\r' })[c] ?? c)

/** A message in the Common Event Format; what stands before `CEF:` is ignored. */
export function parseCef(s: string, strict: boolean): Fields {
  const start = s.indexOf('CEF:')
  // the trace of the parser library the reference is made with
  if (start < 0)
    return fail(s === '' ? '0: in TakeUntil, got empty input\n\n' : `0: at line 1, in TakeUntil:\n${s.split('\n', 1)[0]}\n^\n\n`)
  const m = start < 0 ? null : /^CEF:((?:(?:\\[\s\S]|[^\\|])*\|){7})([\s\S]*)$/.exec(s.slice(start))
  if (!m) return fail('Could not parse input')
  const cells = m[1]!.match(/(?:\\[\s\S]|[^\\|])*\|/g)!.map((c) => c.slice(0, -1))
  if (!/^\d+$/.test(cells[0]!)) return fail('Could not parse input')
  const out: Fields = {}
  for (const [i, name] of headers.entries()) out[name] = unescapedHeader(cells[i]!)
  for (const [key, value] of extension(m[2]!, strict)) put(out, key, value)
  return out
}

/** `key=value` pairs without quotes: a value ends where the next word before `=` begins. */
function extension(s: string, strict: boolean): [string, string][] {
  const trimmed = s.trim()
  if (trimmed === '') return []
  const key = /(?:^|\s)([\p{L}\p{N}_.[\]-]+)=/gu
  const found = [...trimmed.matchAll(key)].filter((m) => trimmed[m.index - 1] !== '\\')
  if (found.length === 0 || found[0]!.index !== 0) return strict ? fail('Could not parse whole line successfully') : []
  return found.map((m, i) => {
    const value = trimmed.slice(m.index + m[0].length, found[i + 1]?.index ?? trimmed.length).trim()
    if (strict && /(?<!\\)=/.test(value)) return fail('Could not parse whole line successfully')
    return [m[1]!, unescapedValue(value.replace(/^"(.*)"$/, '$1'))]
  })
}

const custom = /^(c6a\d|cfp\d|cn\d|cs\d|deviceCustomDate\d|flexDate\d|flexString\d)Label$/

/** `cs1Label=x cs1=y` becomes `x: y`. */
export function translated(o: Fields): Fields {
  const out = { ...o }
  for (const k of fieldNames(o)) {
    const m = custom.exec(k)
    const name = m && field(o, k)
    const value = m ? field(o, m[1]!) : undefined
    if (!m || typeof name !== 'string' || value === undefined) continue
    put(out, name, value)
    put(out, k, undefined)
    put(out, m[1]!, undefined)
  }
  return fields(fieldNames(out).map((k) => [k, out[k]!] as const))
}
