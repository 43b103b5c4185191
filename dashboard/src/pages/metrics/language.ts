import { functions } from '../../../../shared/metrics/promql/functions/index.ts'
import { parse } from '../../../../shared/metrics/promql/syntax/parse.ts'
import { ParseError } from '../../../../shared/metrics/promql/syntax/position.ts'

export const aggregators: Record<string, string> = {
  sum: 'The sum over series.',
  avg: 'The mean over series.',
  min: 'The smallest of all series.',
  max: 'The largest of all series.',
  count: 'How many series there are.',
  count_values: 'How many series have each value.',
  group: 'One for every group that has a series.',
  stddev: 'The standard deviation over series.',
  stdvar: 'The variance over series.',
  topk: 'The k series with the largest values.',
  bottomk: 'The k series with the smallest values.',
  quantile: 'The φ-quantile over series.',
  limitk: 'Any k series.',
  limit_ratio: 'A share of the series.',
}
const keywords = ['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'offset', 'bool', 'and', 'or', 'unless', 'atan2']

export type Piece = { from: number; to: number; kind: 'field' | 'operator' | 'string' | 'number' | 'keyword' | 'function' }

const TOKEN =
  /(?<string>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?)|(?<comment>#[^\n]*)|(?<number>\b\d[\w.]*)|(?<word>[a-zA-Z_:][\w:]*)|(?<operator>=~|!~|!=|==|<=|>=|[-+*/%^=<>@])/g

/** Coloured pieces of an expression, also of one that is not finished. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = []
  let braces = 0
  let before = 0
  for (const m of text.matchAll(TOKEN)) {
    const from = m.index
    for (const c of text.slice(before, from)) braces += c === '{' ? 1 : c === '}' ? -1 : 0
    before = from + m[0].length
    const put = (kind: Piece['kind']) => out.push({ from, to: before, kind })
    if (m.groups?.string !== undefined) put('string')
    else if (m.groups?.comment !== undefined) put('operator')
    else if (m.groups?.number !== undefined) put('number')
    else if (m.groups?.operator !== undefined) put('operator')
    else if (m.groups?.word !== undefined) {
      if (braces > 0) put('field')
      else if (keywords.includes(m[0].toLowerCase())) put('keyword')
      else if (/^\s*(\(|by\b|without\b)/.test(text.slice(before)) && (m[0] in functions || m[0].toLowerCase() in aggregators))
        put('function')
    }
  }
  return out
}

/** What can stand at a place: a metric or function, a label of a metric, or a value of a label. `metric` '' where it is not known. */
export type Completing =
  | { what: 'name'; from: number; part: string }
  | { what: 'label'; from: number; part: string; metric: string }
  | { what: 'value'; from: number; part: string; metric: string; label: string }

export function completingAt(text: string, at: number): Completing | null {
  const before = text.slice(0, at)
  const open = before.lastIndexOf('{')
  const inBraces = open > before.lastIndexOf('}')
  if (inBraces) {
    const metric = /([a-zA-Z_:][\w:]*)\s*$/.exec(before.slice(0, open))?.[1] ?? ''
    const inside = before.slice(open + 1)
    const value = /([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)$/.exec(inside)
    if (value) return { what: 'value', from: at - value[2]!.length, part: value[2]!, metric, label: value[1]! }
    const label = /(?:^|,)\s*([a-zA-Z_]\w*)?$/.exec(inside)
    return label ? { what: 'label', from: at - (label[1]?.length ?? 0), part: label[1] ?? '', metric } : null
  }
  const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)$/i.exec(before)
  if (grouping) {
    const part = /[a-zA-Z_]\w*$/.exec(grouping[1]!)?.[0] ?? ''
    const metric = /\(\s*(?:\w+\s*\(\s*)*([a-zA-Z_:][\w:]*)\s*[{[)]/.exec(text.slice(at))?.[1] ?? ''
    return { what: 'label', from: at - part.length, part, metric }
  }
  if (/\[[^\]]*$/.test(before) || /"(?:[^"\\]|\\.)*$/.test(before.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return null
  const part = /[a-zA-Z_:][\w:]*$/.exec(before)?.[0] ?? ''
  return { what: 'name', from: at - part.length, part }
}

/** Where an expression cannot be read, and why; null where it can. */
export function wrongIn(text: string): { from: number; to: number; message: string } | null {
  if (!text.trim()) return null
  try {
    parse(text)
    return null
  } catch (e) {
    if (!(e instanceof ParseError)) throw e
    const from = Math.min(e.span.start, Math.max(0, text.length - 1))
    return { from, to: Math.max(from + 1, Math.min(e.span.end, text.length)), message: e.reason }
  }
}

export const functionDocs = Object.values(functions).map(({ name, args, returns, doc, example }) => ({
  name,
  signature: `(${args.map((a) => (a === 'matrix' ? 'range' : a)).join(', ')}) → ${returns}`,
  doc,
  example,
}))
