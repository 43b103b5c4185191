import type { Node, Operand, Pipe, Template } from './ast.ts'
import { pieces, type Token, unquoted, words } from './lex.ts'
import { fail, TemplateError } from './values.ts'

/** Nested deeper than this is no template a person wrote. */
const DEPTH_MAX = 50

/**
 * Go's text/template: actions, pipelines, variables, `if with range else break continue define block template`. `knows` says which
 * functions there are, `given` which variables. Throws TemplateError, beginning with the line.
 */
export function parseTemplate(source: string, knows: (name: string) => boolean, given: readonly string[]): Template {
  return new Parser(source, knows, given).template()
}

type End = 'end' | 'else' | 'eof'

class Parser {
  private readonly pieces: ReturnType<typeof pieces>
  private readonly knows: (name: string) => boolean
  private readonly defined = new Map<string, readonly Node[]>()
  private scopes: Set<string>[]
  private tokens: Token[] = []
  private at = 0
  private line = 1
  private depth = 0
  private loops = 0

  constructor(source: string, knows: (name: string) => boolean, given: readonly string[]) {
    this.pieces = pieces(source)
    this.knows = knows
    this.scopes = [new Set(['$', ...given])]
  }

  template(): Template {
    const { nodes, end } = this.list()
    if (end !== 'eof') this.wrong(`unexpected {{${end}}}`)
    return { body: nodes, defined: this.defined }
  }

  private list(): { nodes: Node[]; end: End } {
    if (++this.depth > DEPTH_MAX) this.wrong('nested too deep')
    const nodes: Node[] = []
    for (let piece = this.pieces.shift(); piece; piece = this.pieces.shift()) {
      if (piece.kind === 'text') {
        nodes.push(piece)
        continue
      }
      this.line = piece.line
      this.tokens = words(piece.source, piece.line)
      this.at = 0
      const keyword = this.token?.type === 'name' ? this.token.text : ''
      if (keyword === 'end' || keyword === 'else') {
        this.at++
        if (keyword === 'end') this.done('end')
        this.depth--
        return { nodes, end: keyword }
      }
      const node = this.action(keyword)
      if (node) nodes.push(node)
    }
    this.depth--
    return { nodes, end: 'eof' }
  }

  private action(keyword: string): Node | null {
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        this.at++
        return this.control(keyword)
      case 'break':
      case 'continue':
        this.at++
        this.done(keyword)
        if (!this.loops) this.wrong(`{{${keyword}}} outside {{range}}`)
        return { kind: keyword }
      case 'define':
      case 'block': {
        this.at++
        const name = this.name(keyword)
        const pipe = keyword === 'block' ? this.pipeline(keyword) : null
        this.done(keyword)
        const [scopes, loops] = [this.scopes, this.loops]
        this.scopes = [new Set(['$'])]
        this.loops = 0
        const { nodes, end } = this.list()
        if (end !== 'end') this.wrong(`unexpected {{${end}}} in ${keyword} clause`)
        this.scopes = scopes
        this.loops = loops
        this.defined.set(name, nodes)
        return pipe && { kind: 'template', name, pipe }
      }
      case 'template': {
        this.at++
        const name = this.name(keyword)
        this.space()
        const pipe = this.token ? this.pipeline(keyword) : null
        this.done(keyword)
        return { kind: 'template', name, pipe }
      }
      default: {
        const pipe = this.pipeline('command')
        this.done('command')
        return { kind: 'print', pipe }
      }
    }
  }

  private control(kind: 'if' | 'with' | 'range'): Node {
    this.scopes.push(new Set())
    const pipe = this.pipeline(kind)
    this.done(kind)
    if (kind === 'range') this.loops++
    const { nodes, end } = this.list()
    if (kind === 'range') this.loops--
    let otherwise: readonly Node[] = []
    if (end === 'eof') this.wrong('unexpected EOF')
    if (end === 'else') {
      this.space()
      const next = this.token?.type === 'name' ? this.token.text : ''
      if ((kind === 'if' && next === 'if') || (kind === 'with' && next === 'with')) {
        this.at++
        if (++this.depth > DEPTH_MAX) this.wrong('nested too deep')
        otherwise = [this.control(kind)]
        this.depth--
      } else {
        this.done('else')
        const rest = this.list()
        if (rest.end !== 'end') this.wrong(rest.end === 'eof' ? 'unexpected EOF' : 'expected end; found {{else}}')
        otherwise = rest.nodes
      }
    }
    this.scopes.pop()
    return { kind, pipe, body: nodes, otherwise }
  }

  /** `$i, $e := commands`, `$x = commands` or commands alone. */
  private pipeline(context: string): Pipe {
    this.space()
    const start = this.at
    const names: string[] = []
    while (this.token?.type === 'variable') {
      names.push(this.take())
      this.space()
      if (!(context === 'range' && names.length === 1 && this.is(','))) break
      this.at++
      this.space()
    }
    const sign = this.is(':=') ? ':=' : this.is('=') ? '=' : null
    if (names.length && sign) this.at++
    else this.at = start
    const commands: Operand[][] = []
    do commands.push(this.command(context))
    while (this.takeMark('|'))
    for (const [i, [first]] of commands.entries())
      if (i > 0 && first && !['function', 'field', 'variable', 'pipe'].includes(first.kind)) this.wrong('non executable command in pipeline stage 2') // biome-ignore format: one thought
    if (!names.length || !sign) return { names: [], declares: false, commands }
    if (sign === ':=') for (const name of names) this.scopes.at(-1)?.add(name)
    else for (const name of names) this.variable(name)
    return { names, declares: sign === ':=', commands }
  }

  private command(context: string): Operand[] {
    const operands: Operand[] = []
    for (;;) {
      const spaced = this.space()
      if (!this.token || this.is('|') || this.is(')')) break
      if (operands.length && !spaced) this.wrong(`unexpected ${JSON.stringify(this.token.text)} in ${context}`)
      operands.push(this.operand(context))
    }
    return operands.length ? operands : this.wrong(`missing value for ${context}`)
  }

  private operand(context: string): Operand {
    const term = this.term(context)
    const path: string[] = []
    while (this.token?.type === 'field') path.push(this.take().slice(1))
    if (!path.length) return term
    return ['value', 'nil', 'function'].includes(term.kind) ? this.wrong(`unexpected . after term ${JSON.stringify(path[0])}`) : { kind: 'field', of: term, path } // biome-ignore format: one thought
  }

  private term(context: string): Operand {
    const token = this.token as Token
    if (token.type === 'field') return { kind: 'dot' }
    this.at++
    switch (token.type) {
      case 'string':
        return { kind: 'value', value: unquoted(token.text) }
      case 'int':
        return { kind: 'value', value: token.text[0] === "'" ? BigInt(unquoted(token.text).codePointAt(0) ?? 0) : intOf(token.text) }
      case 'float':
        return { kind: 'value', value: Number(token.text.replaceAll('_', '')) }
      case 'variable':
        return this.variable(token.text)
      case 'name':
        if (token.text === 'true' || token.text === 'false') return { kind: 'value', value: token.text === 'true' }
        if (token.text === 'nil') return { kind: 'nil' }
        return this.knows(token.text) ? { kind: 'function', name: token.text } : this.wrong(`function ${JSON.stringify(token.text)} not defined`) // biome-ignore format: one thought
      default: {
        if (token.text === '.') return { kind: 'dot' }
        if (token.text !== '(') return this.wrong(`unexpected ${JSON.stringify(token.text)} in ${context}`)
        if (++this.depth > DEPTH_MAX) this.wrong('nested too deep')
        const pipe = this.pipeline('parenthesized pipeline')
        this.depth--
        return this.takeMark(')') ? { kind: 'pipe', pipe } : this.wrong('unclosed left paren')
      }
    }
  }

  private variable(name: string): Operand {
    return this.scopes.some((scope) => scope.has(name))
      ? { kind: 'variable', name }
      : this.wrong(`undefined variable ${JSON.stringify(name)}`)
  }

  private get token(): Token | undefined {
    return this.tokens[this.at]
  }
  private is(mark: string): boolean {
    return this.token?.type === 'mark' && this.token.text === mark
  }
  private takeMark(mark: string): boolean {
    return this.is(mark) && ++this.at > 0
  }
  private take(): string {
    return this.tokens[this.at++]?.text ?? ''
  }
  private space(): boolean {
    if (this.token?.type !== 'space') return false
    this.at++
    return true
  }
  private name(context: string): string {
    this.space()
    const token = this.token
    if (token?.type !== 'string') return this.wrong(`a name in quotes is missing in ${context} clause`)
    return unquoted(this.take())
  }
  private done(context: string): void {
    this.space()
    if (this.token) this.wrong(`unexpected ${JSON.stringify(this.token.text)} in ${context}`)
  }
  private wrong(message: string): never {
    return fail(`${this.line}: ${message}`)
  }
}

function intOf(text: string): bigint {
  const [sign, digits] = /^[+-]/.test(text) ? [text[0], text.slice(1)] : ['', text]
  const plain = digits.replaceAll('_', '')
  try {
    const value = BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain)
    return sign === '-' ? -value : value
  } catch {
    throw new TemplateError(`bad number syntax: ${JSON.stringify(text)}`)
  }
}
