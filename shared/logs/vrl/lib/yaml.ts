import { type Fields, fail, field, isObject, put, type Value } from '../value.ts'
import { depthMax, FlowReader, uncommented } from './yaml-flow.ts'

/** The YAML that configuration and logs hold: block and flow collections, all scalar styles, anchors. Tags are ignored. */
export const parseYaml = (s: string): Value => new YamlReader(s).document()

interface Line {
  readonly indent: number
  readonly text: string
  readonly number: number
}

class YamlReader {
  private at = 0
  private depth = 0
  private readonly raw: readonly string[]
  private readonly lines: Line[] = []
  private readonly anchors = new Map<string, Value>()

  constructor(s: string) {
    this.raw = s.split(/\r?\n/)
    for (const [number, line] of this.raw.entries()) {
      if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
        if (this.lines.length > 0) break
        const rest = line.slice(3).trim()
        if (rest !== '' && !rest.startsWith('#')) this.lines.push({ indent: 0, text: rest, number })
        continue
      }
      if (/^\s*(?:#|$)/.test(line) || (line.startsWith('%') && this.lines.length === 0)) continue
      if (/^ *\t/.test(line)) this.wrong('found a tab character where an indentation is expected', number)
      this.lines.push({ indent: line.length - line.trimStart().length, text: line.trim(), number })
    }
  }

  private wrong(what: string, number: number): never {
    return fail(`unable to parse yaml: ${what} at line ${number + 1} column 1`)
  }

  document(): Value {
    if (this.lines.length === 0) return null
    const v = this.block(this.lines[0]!.indent)
    const rest = this.lines[this.at]
    return rest ? this.wrong('did not find expected <document start>', rest.number) : v
  }

  private block(indent: number): Value {
    if (++this.depth > depthMax) this.wrong('nesting is too deep', 0)
    const line = this.lines[this.at]!
    const v = isItem(line.text) ? this.sequence(indent) : keyOf(line.text) ? this.mapping(indent) : this.loose(indent)
    this.depth--
    return v
  }

  /** A scalar or flow collection, over as many lines as it takes. */
  private loose(indent: number): Value {
    const first = this.lines[this.at++]!
    return this.inline(first.text, first, indent)
  }

  private sequence(indent: number): Value[] {
    const out: Value[] = []
    for (let line = this.lines[this.at]; line && line.indent === indent && isItem(line.text); line = this.lines[this.at]) {
      const rest = line.text.slice(1).trimStart()
      if (rest === '' || rest.startsWith('#')) {
        this.at++
        out.push(this.nested(indent))
      } else if (keyOf(rest) || isItem(rest)) {
        // what stands behind the dash is a block of its own, indented to where it stands
        const inner = line.indent + (line.text.length - rest.length)
        this.lines[this.at] = { indent: inner, text: rest, number: line.number }
        out.push(this.block(inner))
      } else {
        this.at++
        out.push(this.inline(rest, line, indent + 1))
      }
    }
    return out
  }

  private mapping(indent: number): Fields {
    const out: Fields = {}
    for (let line = this.lines[this.at]; line && line.indent === indent; line = this.lines[this.at]) {
      const key = keyOf(line.text)
      if (!key) return this.wrong('could not find expected ":"', line.number)
      this.at++
      const name = scalarName(key.key)
      const v = key.rest === '' ? this.nested(indent) : this.inline(key.rest, line, indent + 1)
      if (name === '<<' && isObject(v)) for (const k of Object.keys(v)) if (field(out, k) === undefined) put(out, k, v[k])
      if (name !== '<<') put(out, name, v)
    }
    const next = this.lines[this.at]
    return next && next.indent > indent ? this.wrong('did not find expected key', next.number) : out
  }

  /** The block below a key or dash; sequences may stand at the key's own indent. */
  private nested(indent: number): Value {
    const next = this.lines[this.at]
    if (!next) return null
    if (next.indent > indent || (next.indent === indent && isItem(next.text) && !isItem(this.lines[this.at - 1]!.text)))
      return this.block(next.indent)
    return null
  }

  private inline(source: string, line: Line, indent: number): Value {
    const anchor = /^&(\S+)\s*/.exec(source)
    if (anchor) {
      const rest = source.slice(anchor[0].length)
      const v = rest === '' || rest.startsWith('#') ? this.nested(indent - 1) : this.inline(rest, line, indent)
      this.anchors.set(anchor[1]!, v)
      return v
    }
    const tag = /^!\S*\s*/.exec(source)
    if (tag) return tag[0].length === source.length ? this.nested(indent - 1) : this.inline(source.slice(tag[0].length), line, indent)
    if (source.startsWith('*')) return this.anchors.get(source.slice(1).trim()) ?? this.wrong('unknown anchor', line.number)
    if (/^[|>][+-]?\d*[+-]?\s*(?:#.*)?$/.test(source)) return this.literal(source, line, indent)
    let text = source
    if (/^["'[{]/.test(source)) while (!isClosed(text) && this.lines[this.at]) text += ` ${this.lines[this.at++]!.text}`
    else
      while (this.lines[this.at] && this.lines[this.at]!.indent >= indent && !keyOf(this.lines[this.at]!.text))
        text += ` ${this.lines[this.at++]!.text}`
    return new FlowReader(text, (what) => this.wrong(what, line.number)).document()
  }

  /** `|` keeps line breaks, `>` folds them; `-` drops the last, `+` keeps all at the end. */
  private literal(header: string, line: Line, indent: number): string {
    const body: string[] = []
    let own = /\d/.test(header) ? indent - 1 + Number(/\d/.exec(header)![0]) : -1
    let n = line.number + 1
    for (; n < this.raw.length; n++) {
      const text = this.raw[n]!
      const depth = text.length - text.trimStart().length
      if (text.trim() === '') {
        body.push('')
        continue
      }
      if (own < 0) own = depth
      if (depth < own || depth < indent) break
      body.push(text.slice(own))
    }
    while (this.lines[this.at] && this.lines[this.at]!.number < n) this.at++
    let trailing = 0
    while (body[body.length - 1] === '') {
      body.pop()
      trailing++
    }
    const joined = header.startsWith('|')
      ? body.join('\n')
      : body
          .join('\n')
          .replace(/([^\n])\n(?=[^\n\s])/g, '$1 ')
          .replace(/\n(\n+)/g, '$1')
    return header.includes('-') ? joined : joined + (header.includes('+') ? '\n'.repeat(trailing + 1) : body.length > 0 ? '\n' : '')
  }
}

const isItem = (s: string): boolean => s === '-' || s.startsWith('- ')

/** `key: rest` outside quotes and brackets. */
function keyOf(s: string): { key: string; rest: string } | undefined {
  if (/^[[{]/.test(s)) return undefined
  const quoted = /^("(?:\\.|[^"\\])*"|'(?:''|[^'])*')\s*:(?:\s+|$)/.exec(s)
  if (quoted) return { key: quoted[1]!, rest: uncommented(s.slice(quoted[0].length)) }
  if (/^["']/.test(s)) return undefined
  const m = /^([^#]*?[^\s#:]|[^#]*?\S)\s*:(?:\s+|$)/.exec(s)
  return m ? { key: m[1]!, rest: uncommented(s.slice(m[0].length)) } : undefined
}

const scalarName = (s: string): string => (/^["']/.test(s) ? String(new FlowReader(s, fail).document()) : s.replace(/^[&!]\S+\s+/, ''))

function isClosed(s: string): boolean {
  let depth = 0
  let quote = ''
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!
    if (quote === '"' && c === '\\') i++
    else if (quote !== '') quote = c === quote ? '' : quote
    else if (c === '"' || c === "'") quote = c
    else if ('[{'.includes(c)) depth++
    else if (']}'.includes(c)) depth--
  }
  return depth <= 0 && quote === ''
}
