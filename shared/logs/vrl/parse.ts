import type {
  Argument,
  AssignmentNode,
  BlockNode,
  CallNode,
  ClosureNode,
  Node,
  Operator,
  Parameter,
  QueryNode,
  QueryTarget,
  Root,
  Target,
} from './ast.ts'
import { context, type Diagnostic, error, primary, type Span, span } from './diagnostics.ts'
import { lex, type Token, unescape } from './lex.ts'
import { templateOf } from './template.ts'

/** Nesting a program may have; deeper ones are refused with a diagnostic, as they would exhaust the stack. */
export const nestingMax = 128

/**
 * The expressions of a program. A fault costs the rest of its line: parsing goes on behind it. What cannot be split into tokens is
 * one diagnostic.
 */
export function parse(source: string): Root[] | Diagnostic {
  const tokens = lex(source)
  return Array.isArray(tokens) ? new Parser(tokens).program() : tokens
}

/** Binding strength, weakest first. All associate to the left. */
const levels: readonly (readonly Operator[])[] = [['??'], ['||', '&&'], ['!=', '=='], ['>=', '>', '<=', '<'], ['|'], ['+', '-'], ['*', '/']]

class Unexpected {
  readonly token: Token
  readonly expected: string
  constructor(token: Token, expected: string) {
    this.token = token
    this.expected = expected
  }
}

class TooDeep {}

class Parser {
  private at = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  program(): Root[] {
    const roots: Root[] = []
    this.newlines()
    while (this.token.type !== 'end') {
      const start = this.at
      try {
        roots.push({ node: this.expression() })
        if (!this.endOfExpression()) this.unexpected('"\\n", ";"')
      } catch (e) {
        if (e instanceof Unexpected) {
          roots.push({ error: this.fault(e, start) })
          this.recover()
        } else if (e instanceof TooDeep) return [{ error: tooDeep(this.token) }]
        else throw e
      }
    }
    return roots
  }

  private get token(): Token {
    return this.tokens[this.at]!
  }

  private is(text: string): boolean {
    const t = this.token
    return t.text === text && (t.type === 'punctuation' || t.type === 'operator' || t.type === 'keyword')
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  private expect(text: string): Token {
    if (!this.is(text)) this.unexpected(`"${text}"`)
    return this.tokens[this.at++]!
  }

  private unexpected(expected: string): never {
    throw new Unexpected(this.token, expected)
  }

  private newlines(): void {
    while (this.token.type === 'newline') this.at++
  }

  /** True when what follows may not belong to the expression just read. */
  private endOfExpression(): boolean {
    if (this.token.type === 'end') return true
    if (this.token.type !== 'newline' && !this.is(';')) return false
    this.at++
    this.newlines()
    return true
  }

  private previousEnd(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  private recover(): void {
    while (this.token.type !== 'end' && this.token.type !== 'newline' && !this.is(';')) this.at++
    this.endOfExpression()
  }

  private fault(e: Unexpected, start: number): Diagnostic {
    const { token } = e
    if (token.type === 'reserved identifier') {
      const labels = [
        primary('this identifier name is reserved for future use in the language', token),
        context('use a different name instead', token),
      ]
      return error(205, 'reserved keyword', labels)
    }
    if (token.type === 'end') {
      const at = span(this.tokens[Math.max(start, this.at - 1)]?.end ?? token.start, token.start)
      return error(204, 'syntax error', [
        primary('unexpected end of program', span(at.end, at.end)),
        context(`expected one of: ${e.expected}`, span(at.end, at.end)),
      ])
    }
    const at = this.startsQuery(token) ? span(token.start, token.start + 1) : token
    const name = this.startsQuery(token) ? 'LQuery' : tokenName(token)
    return error(203, 'syntax error', [primary(`unexpected syntax token: "${name}"`, at), context(`expected one of: ${e.expected}`, at)])
  }

  /** Whether the reference marks the begin of a path here. */
  private startsQuery(token: Token): boolean {
    if (token.type === 'punctuation' && (token.text === '.' || token.text === '%')) return true
    const next = this.tokens[this.tokens.indexOf(token) + 1]
    return (
      /identifier|path field|keyword/.test(token.type) &&
      next !== undefined &&
      next.start === token.end &&
      (next.text === '.' || next.text === '[')
    )
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > nestingMax) throw new TooDeep()
    const result = read()
    this.depth--
    return result
  }

  expression(): Node {
    return this.deeper(() => {
      const { token } = this
      if (this.is('if')) return this.ifStatement()
      if (this.accept('abort')) {
        const message = this.startsExpression() ? this.expression() : undefined
        return { type: 'abort', keyword: token, message, start: token.start, end: this.previousEnd() }
      }
      if (this.accept('return')) {
        const value = this.expression()
        return { type: 'return', keyword: token, value, start: token.start, end: this.previousEnd() }
      }
      return this.assignment()
    })
  }

  private startsExpression(): boolean {
    const t = this.token
    if (t.type === 'newline' || t.type === 'end') return false
    return t.type !== 'punctuation' || !')]};,:'.includes(t.text)
  }

  private assignment(): Node {
    const start = this.at
    const target = this.accept('_')
      ? { noop: true as const, start: this.tokens[start]!.start, end: this.tokens[start]!.end }
      : this.arithmetic()
    const asTarget = 'noop' in target ? target : targetOf(target)
    if (!asTarget) return target as Node
    if (this.is(',')) {
      const comma = this.at++
      const err = this.maybeTarget()
      if (err && (this.is('=') || this.is('|='))) return this.assign(asTarget, err)
      if ('noop' in target || err) this.unexpected('"=", "|="')
      this.at = comma
      return target
    }
    if (this.is('=') || this.is('|=')) return this.assign(asTarget)
    if ('noop' in target) this.unexpected('",", "=", "|="')
    return target
  }

  private assign(target: Target, err?: Target): AssignmentNode {
    const merge = this.tokens[this.at++]!.text === '|='
    this.newlines()
    const value = this.expression()
    return { type: 'assignment', target, err, merge, value, start: target.start, end: value.end }
  }

  private maybeTarget(): Target | undefined {
    const t = this.token
    if (this.accept('_')) return { noop: true, start: t.start, end: t.end }
    if (
      t.type === 'identifier' ||
      t.type === 'path field' ||
      this.is('.') ||
      this.is('%') ||
      this.is('{') ||
      this.is('[') ||
      t.type === 'function call'
    ) {
      return targetOf(this.term())
    }
    return this.unexpected('"_", "identifier", "path literal"')
  }

  arithmetic(level = 0): Node {
    const ops = levels[level]
    if (!ops) return this.unary()
    let lhs = this.arithmetic(level + 1)
    for (;;) {
      const { token } = this
      if (token.type !== 'operator' || !ops.includes(token.text as Operator)) return lhs
      this.at++
      this.newlines()
      const rhs = this.arithmetic(level + 1)
      lhs = { type: 'op', op: token.text as Operator, opSpan: token, lhs, rhs, start: lhs.start, end: rhs.end }
    }
  }

  private unary(): Node {
    const { token } = this
    if (!this.accept('!')) return this.term()
    return this.deeper(() => {
      const inner = this.unary()
      return { type: 'not', bang: token, inner, start: token.start, end: inner.end }
    })
  }

  private term(): Node {
    return this.deeper(() => {
      const { token } = this
      if (token.type === 'function call') return this.path(this.call())
      if (token.type === 'identifier') {
        this.at++
        return this.path({ type: 'variable', name: token.text, start: token.start, end: token.end })
      }
      if (token.type === 'punctuation') {
        if (token.text === '.' || token.text === '%') return this.external(token)
        if (token.text === '[') return this.path(this.array())
        if (token.text === '{') return this.path(this.blockOrObject())
        if (token.text === '(') return this.group()
      }
      return this.literal()
    })
  }

  private literal(): Node {
    const t = this.token
    const literal = literalOf(t)
    if (!literal) this.unexpected('"path literal", "string literal", "integer literal", "identifier", "function call", "(", "[", "{"')
    this.at++
    return { type: 'literal', literal: literal!, start: t.start, end: t.end }
  }

  private external(token: Token): Node {
    this.at++
    const steps: (string | number)[] = []
    const first = this.token
    if (first.start === token.end) {
      const name = first.type === 'punctuation' && first.text === '.' ? undefined : this.fieldName()
      if (name !== undefined) steps.push(name)
    }
    this.steps(steps)
    const target: QueryTarget = { external: token.text as '.' | '%' }
    return { type: 'query', target, targetSpan: span(token.start, token.end), path: steps, start: token.start, end: this.previousEnd() }
  }

  /** The path behind a target, if one touches it. */
  private path(node: Node): Node {
    const steps: (string | number)[] = []
    this.steps(steps)
    if (steps.length === 0) return node
    const target: QueryTarget = node.type === 'variable' ? { variable: node.name } : { node }
    return { type: 'query', target, targetSpan: span(node.start, node.end), path: steps, start: node.start, end: this.previousEnd() }
  }

  private steps(steps: (string | number)[]): void {
    for (;;) {
      const t = this.token
      if (t.type !== 'punctuation' || t.start !== this.previousEnd()) return
      if (t.text === '.') {
        this.at++
        const name = this.token.start === t.end ? this.fieldName() : undefined
        if (name === undefined) this.unexpected('"identifier", "path field", "string literal"')
        steps.push(name!)
      } else if (t.text === '[') {
        this.at++
        if (this.token.type !== 'integer literal') this.unexpected('"integer literal"')
        steps.push(Number(this.token.text))
        this.at++
        this.expect(']')
      } else return
    }
  }

  private fieldName(): string | undefined {
    const t = this.token
    if (t.type === 'string literal') {
      this.at++
      return templateOf(t)
        .map((s) => ('text' in s ? s.text : `{{ ${s.variable} }}`))
        .join('')
    }
    if (t.type === 'punctuation' && t.text === '_') return undefined
    if (!/^(identifier|path field|keyword|reserved identifier)$/.test(t.type)) return undefined
    this.at++
    return t.text
  }

  private call(): CallNode {
    const name = this.tokens[this.at++]!
    const bang = this.accept('!')
    this.expect('(')
    this.newlines()
    const args = this.is(')') ? [] : this.list(')', () => this.argument())
    this.expect(')')
    const closure = this.is('->') ? this.closure() : undefined
    return {
      type: 'call',
      name: name.text,
      nameSpan: span(name.start, name.end),
      bang,
      arguments: args,
      closure,
      start: name.start,
      end: this.previousEnd(),
    }
  }

  private argument(): Argument {
    const t = this.token
    const colon = this.tokens[this.at + 1]
    if (/^(identifier|keyword|reserved identifier)$/.test(t.type) && colon?.type === 'punctuation' && colon.text === ':') {
      this.at += 2
      const value = this.arithmetic()
      return { keyword: t.text, keywordSpan: span(t.start, t.end), value, start: t.start, end: value.end }
    }
    const value = this.arithmetic()
    return { value, start: value.start, end: value.end }
  }

  private closure(): ClosureNode {
    const start = this.expect('->').start
    let parameters: Parameter[] = []
    if (!this.accept('||')) {
      this.expect('|')
      this.newlines()
      if (!this.is('|')) parameters = this.list('|', () => this.parameter())
      this.expect('|')
    }
    this.newlines()
    const block = this.block()
    return { parameters, block, start, end: block.end }
  }

  private parameter(): Parameter {
    const t = this.token
    if (this.accept('_')) return { name: '', start: t.start, end: t.end }
    if (t.type !== 'identifier') this.unexpected('"identifier", "_"')
    this.at++
    return { name: t.text, start: t.start, end: t.end }
  }

  private list<T>(close: string, read: () => T): T[] {
    const items: T[] = []
    for (;;) {
      items.push(read())
      this.newlines()
      if (!this.accept(',')) return items
      this.newlines()
      if (this.is(close)) return items
    }
  }

  private group(): Node {
    const open = this.expect('(')
    const inner = this.assignment()
    const close = this.expect(')')
    return { type: 'group', inner, start: open.start, end: close.end }
  }

  private array(): Node {
    const open = this.expect('[')
    this.newlines()
    const items = this.is(']') ? [] : this.list(']', () => this.arithmetic())
    const close = this.expect(']')
    return { type: 'array', items, start: open.start, end: close.end }
  }

  private blockOrObject(): Node {
    let i = this.at + 1
    while (this.tokens[i]!.type === 'newline') i++
    const first = this.tokens[i]!
    const second = this.tokens[i + 1]
    if (first.text === '}' && first.type === 'punctuation') return this.object()
    return first.type === 'string literal' && second?.type === 'punctuation' && second.text === ':' ? this.object() : this.block()
  }

  private object(): Node {
    const open = this.expect('{')
    this.newlines()
    const entries = this.is('}') ? [] : this.list('}', () => this.entry())
    const close = this.expect('}')
    return { type: 'object', entries, start: open.start, end: close.end }
  }

  private entry(): readonly [string, Node] {
    if (this.token.type !== 'string literal') this.unexpected('"string literal"')
    const key = unescape(this.tokens[this.at++]!.text)
    this.expect(':')
    return [key, this.arithmetic()]
  }

  private block(): BlockNode {
    const open = this.expect('{')
    this.newlines()
    const body: Node[] = []
    do body.push(this.expression())
    while (!this.is('}') && this.endOfExpression() && !this.is('}'))
    const close = this.expect('}')
    return { type: 'block', body, start: open.start, end: close.end }
  }

  private ifStatement(): Node {
    const start = this.expect('if').start
    const test = this.predicate()
    this.newlines()
    const then = this.block()
    const otherwise = this.otherwise()
    return { type: 'if', test, then, otherwise, start, end: this.previousEnd() }
  }

  private otherwise(): BlockNode | undefined {
    const before = this.at
    this.newlines()
    const start = this.token.start
    if (!this.accept('else')) {
      this.at = before
      return undefined
    }
    this.newlines()
    if (!this.is('if')) return this.block()
    const nested = this.deeper(() => this.ifStatement())
    return { type: 'block', body: [nested], start, end: nested.end }
  }

  private predicate(): Span & { body: Node[] } {
    const { start } = this.token
    const body = (this.is('(') && this.statements()) || [this.arithmetic()]
    return { body, start, end: this.previousEnd() }
  }

  /** `(a = 1; a > 0)`: several expressions as one test. */
  private statements(): Node[] | undefined {
    const before = this.at
    this.at++
    this.newlines()
    const body = [this.assignment()]
    if (this.token.type !== 'newline' && !this.is(';')) {
      this.at = before
      return undefined
    }
    while (this.endOfExpression()) {
      while (this.accept(';') || this.token.type === 'newline') this.newlines()
      if (this.is(')')) break
      body.push(this.assignment())
    }
    this.expect(')')
    return body
  }
}

function targetOf(node: Node): Target | undefined {
  if (node.type === 'variable') return { variable: node.name, start: node.start, end: node.end }
  return node.type === 'query' ? { query: node as QueryNode, start: node.start, end: node.end } : undefined
}

function literalOf(t: Token): Extract<Node, { type: 'literal' }>['literal'] | undefined {
  switch (t.type) {
    case 'string literal':
      return { is: 'string', segments: templateOf(t) }
    case 'raw string literal':
      return { is: 'raw', text: t.text }
    case 'regex literal':
      return { is: 'regex', text: t.text.replaceAll("\\'", "'") }
    case 'timestamp literal':
      return { is: 'timestamp', text: t.text.replaceAll("\\'", "'") }
    case 'integer literal':
      return { is: 'integer', big: BigInt(t.text) }
    case 'float literal':
      return { is: 'float', n: Number(t.text) }
    case 'keyword':
      if (t.text === 'null') return { is: 'null' }
      return t.text === 'true' || t.text === 'false' ? { is: 'boolean', yes: t.text === 'true' } : undefined
    default:
      return undefined
  }
}

const tokenNames: Record<string, string> = {
  identifier: 'Identifier',
  'path field': 'PathField',
  'function call': 'FunctionCall',
  operator: 'Operator',
  'string literal': 'StringLiteral',
  'raw string literal': 'RawStringLiteral',
  'integer literal': 'IntegerLiteral',
  'float literal': 'FloatLiteral',
  'regex literal': 'RegexLiteral',
  'timestamp literal': 'TimestampLiteral',
  newline: 'Newline',
  invalid: 'InvalidToken',
}
const punctuationNames: Record<string, string> = {
  ':': 'Colon',
  ',': 'Comma',
  '{': 'LBrace',
  '[': 'LBracket',
  '(': 'LParen',
  '}': 'RBrace',
  ']': 'RBracket',
  ')': 'RParen',
  ';': 'SemiColon',
  _: 'Underscore',
  '\\': 'Escape',
  '->': 'Arrow',
  '&': 'Ampersand',
  '!': 'Bang',
  '=': 'Equals',
  '|=': 'MergeEquals',
  '?': 'Question',
}

const tokenName = (t: Token): string =>
  t.type === 'keyword' ? t.text[0]!.toUpperCase() + t.text.slice(1) : (punctuationNames[t.text] ?? tokenNames[t.type] ?? t.text)

const tooDeep = (at: Span): Diagnostic => error(210, 'unexpected parse error', [primary('the program is nested too deeply', at)])
