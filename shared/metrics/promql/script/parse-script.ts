import { Labels, NAME } from '../labels.ts'
import { parseDuration } from '../text/duration.ts'
import { parseNumber } from '../text/number.ts'
import { unquote } from '../text/quoted.ts'
import { type Command, type Evaluate, type Expectation, type Load, type LoadedSeries, ScriptError, type ScriptSeries } from './script.ts'
import { parseValues } from './values.ts'

const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(.+?))?\s+(.+)$/
const RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/
const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/

/** Reads a script of Prometheus' promqltest language: `load`, `clear` and `eval` with what each expects. Throws ScriptError. */
export function parseScript(text: string): Command[] {
  // A comment line ends a block as an empty line does.
  const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()))
  const commands: Command[] = []
  for (let i = 0; i < lines.length; ) {
    const head = lines[i] ?? ''
    const word = head.split(/\s+/)[0]?.toLowerCase() ?? ''
    let end = i + 1
    if (word.startsWith('load') || word.startsWith('eval')) while (end < lines.length && lines[end] !== '') end++
    const block = lines.slice(i + 1, end)
    if (word === 'clear') commands.push({ kind: 'clear' })
    else if (word.startsWith('load')) commands.push(parseLoad(head, block, i + 1))
    else if (word.startsWith('eval')) commands.push(parseEval(head, block, i + 1))
    else if (word !== '') throw new ScriptError(i + 1, `not a command: ${head}`)
    i = end
  }
  return commands
}

function parseLoad(head: string, block: readonly string[], line: number): Load {
  const found = /^load(_with_nhcb)?\s+(\S+)$/.exec(head)
  if (!found) throw new ScriptError(line, `not a load command: ${head}`)
  const starts = new Map<string, (number | null)[]>()
  const series: LoadedSeries[] = []
  block.forEach((text, i) => {
    const { labels, rest } = splitSeries(text, line + 1 + i)
    if (rest.startsWith('@st')) starts.set(labels.key, parseStarts(rest.slice(3), line + 1 + i))
    else series.push({ labels, values: values(rest, line + 1 + i), starts: starts.get(labels.key) ?? [] })
  })
  return { kind: 'load', line, step: duration(found[2] ?? '', line), nhcb: found[1] !== undefined, series }
}

function parseEval(head: string, block: readonly string[], line: number): Evaluate {
  const instant = INSTANT.exec(head)
  const range = instant ? null : RANGE.exec(head)
  if (!instant && !range) throw new ScriptError(line, `not an eval command: ${head}`)
  const mode = (instant ?? range)?.[1]
  const start = duration((instant ?? range)?.[2] ?? '0', line)
  const expected = parseExpected(block, line)
  const old: Expectation[] = mode === 'fail' || mode === 'warn' || mode === 'info' ? [{ type: mode }] : []
  return {
    kind: 'eval',
    line,
    expr: (instant ? instant[3] : range?.[5]) ?? '',
    instant: instant !== null,
    start: expected.rangeVector?.end ?? start,
    end: expected.rangeVector?.end ?? (range ? duration(range[3] ?? '', line) : start),
    step: range ? duration(range[4] ?? '', line) : 0,
    ...expected,
    ordered: expected.ordered || mode === 'ordered',
    expectations: expected.expectations.some((e) => e.type === mode) ? expected.expectations : [...expected.expectations, ...old],
  }
}

type Expected = Pick<Evaluate, 'ordered' | 'expectations' | 'noWarnings' | 'noInfos' | 'series' | 'scalar' | 'text' | 'rangeVector'>

function parseExpected(block: readonly string[], line: number): Expected {
  const expectations: Expectation[] = []
  const series: ScriptSeries[] = []
  const flags = new Set<string>()
  let scalar: number | null = null
  let text: string | null = null
  let rangeVector: Evaluate['rangeVector'] = null
  for (const [i, row] of block.entries()) {
    const at = line + 1 + i
    const legacy = /^expected_fail_(message|regexp)\s+(.*)$/.exec(row)
    const vector = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/.exec(row)
    if (legacy) expectations.push({ type: 'fail', [legacy[1] === 'message' ? 'message' : 'pattern']: legacy[2] })
    else if (vector)
      rangeVector = { start: duration(vector[1] ?? '', at), end: duration(vector[2] ?? '', at), step: duration(vector[3] ?? '', at) }
    else if (row.startsWith('expect string'))
      text = unquote(row.slice('expect string '.length).trim()) ?? fail(at, 'a quoted string is expected')
    else if (/^expect\s/.test(row)) {
      const found = EXPECT.exec(row)
      if (!found) fail(at, `expectation not understood: ${row}`)
      const [, type = '', how, what = ''] = found ?? []
      if (type === 'fail' || type === 'warn' || type === 'info') {
        expectations.push({ type, ...(how === 'msg' ? { message: what.trim() } : how === 'regex' ? { pattern: what.trim() } : {}) })
      } else flags.add(type)
    } else if (parseNumber(row) !== null) scalar = parseNumber(row)
    else {
      const { labels, rest } = splitSeries(row, at)
      series.push({ labels, values: values(rest, at) })
    }
  }
  return {
    expectations,
    series,
    scalar,
    text,
    rangeVector,
    ordered: flags.has('ordered'),
    noWarnings: flags.has('no_warn'),
    noInfos: flags.has('no_info'),
  }
}

/** `name{label="value", "utf8 label"="value"}` and what follows it. */
function splitSeries(text: string, line: number): { labels: Labels; rest: string } {
  const entries: [string, string][] = []
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(text)?.[0] ?? ''
  if (name) entries.push([NAME, name])
  let at = name.length
  if (text[at] === '{' && text[at + 1] !== '{') {
    const item =
      /^\s*(?:([a-zA-Z_][a-zA-Z0-9_]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`))\s*(?:=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`))?\s*,?/
    at++
    for (;;) {
      const found = item.exec(text.slice(at))
      if (!found || found[0].trim() === '') break
      const [whole, plain, quoted, value] = found
      const label = plain ?? unquote(quoted ?? '') ?? ''
      entries.push(value === undefined ? [NAME, label] : [label, unquote(value) ?? ''])
      at += whole.length
    }
    const close = /^\s*\}/.exec(text.slice(at))
    if (!close) fail(line, `series not understood: ${text}`)
    at += close?.[0].length ?? 0
  } else if (!name) fail(line, `series not understood: ${text}`)
  return { labels: Labels.from(entries), rest: text.slice(at) }
}

/** `_ -30s-1mx2 0`: offsets from the sample's time, repeated and incremented as values are. */
function parseStarts(text: string, line: number): (number | null)[] {
  const starts: (number | null)[] = []
  for (const word of text.trim().split(/\s+/)) {
    const blank = /^_(?:x(\d+))?$/.exec(word)
    const found = /^([+-]?\w+?)(?:([+-]\w+?))?(?:x(\d+))?$/.exec(word)
    if (blank) for (let i = 0; i < Number(blank[1] ?? 1); i++) starts.push(null)
    else if (found) {
      let value = duration(found[1] ?? '', line)
      for (let i = 0; i <= Number(found[3] ?? 0); i++) {
        starts.push(value)
        value += found[2] ? duration(found[2], line) : 0
      }
    } else fail(line, `start timestamps not understood: ${word}`)
  }
  return starts
}

function values(text: string, line: number): ReturnType<typeof parseValues> {
  try {
    return parseValues(text)
  } catch (e) {
    return fail(line, e instanceof Error ? e.message : String(e))
  }
}

function duration(text: string, line: number): number {
  const sign = text.startsWith('-') ? -1 : 1
  const body = text.replace(/^[+-]/, '')
  const ms = /^\d+(\.\d+)?$/.test(body) ? Number(body) * 1000 : parseDuration(body)
  return ms === null ? fail(line, `not a duration: ${text}`) : sign * ms
}

function fail(line: number, reason: string): never {
  throw new ScriptError(line, reason)
}
