import type { Argument, BlockNode, CallNode, ClosureNode, Node, QueryTarget } from './ast.ts'
import { span } from './diagnostics.ts'
import { type Token, unescaped } from './lex.ts'
import { chainMax, TokenReader, TooDeep } from './parse-tokens.ts'
import { terms } from './parse-wants.ts'
import { templateOf } from './template.ts'

const rootSteps = '"identifier", "path field", "string literal", RQuery, "abort", "return", ".", "["'

/** Literals, containers, calls and paths. */
export abstract class TermParser extends TokenReader {
  protected abstract arithmetic(): Node
  protected abstract group(): Node
  protected abstract block(): BlockNode
  protected abstract closure(): ClosureNode

  protected term(): Node {
    return this.deeper(() => {
      const { token } = this
      this.want(...terms)
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

  protected literal(): Node {
    const t = this.token
    const literal = literalOf(t)
    if (!literal) this.unexpected()
    this.at++
    return { type: 'literal', literal: literal!, start: t.start, end: t.end }
  }

  protected external(token: Token): Node {
    this.at++
    const steps: (string | number)[] = []
    const first = this.token
    if (first.start === token.end) {
      if (first.type === 'punctuation' && (first.text === '.' || first.text === '%')) this.unexpected(rootSteps)
      const name = this.fieldName()
      if (name !== undefined) steps.push(name)
    }
    this.steps(steps)
    const target: QueryTarget = { external: token.text as '.' | '%' }
    return { type: 'query', target, targetSpan: span(token.start, token.end), path: steps, start: token.start, end: this.previousEnd() }
  }

  /** The path behind a target, if one touches it. */
  protected path(node: Node): Node {
    const steps: (string | number)[] = []
    this.steps(steps)
    if (steps.length === 0) return node
    const target: QueryTarget = node.type === 'variable' ? { variable: node.name } : { node }
    return { type: 'query', target, targetSpan: span(node.start, node.end), path: steps, start: node.start, end: this.previousEnd() }
  }

  protected steps(steps: (string | number)[]): void {
    for (;;) {
      if (steps.length > chainMax) throw new TooDeep()
      const t = this.token
      if (t.type !== 'punctuation' || t.start !== this.previousEnd()) return
      if (t.text === '.') {
        this.at++
        const name = this.token.start === t.end ? this.fieldName() : undefined
        if (name === undefined) {
          const expected = '"identifier", "path field", "string literal", "abort", "return"'
          if ((this.token.start !== t.end && !this.is('!') && !this.is('\\')) || this.startsNoStep()) this.endsPath(expected, t.start)
          this.unexpected(expected)
        }
        steps.push(name)
      } else if (t.text === '[') {
        this.at++
        const index = this.token
        if (index.type !== 'integer literal') {
          if (index.type !== 'newline' && (index.start !== t.end || this.startsNoStep()))
            this.endsPath('"integer literal"', index.start - 1)
          this.unexpected('"integer literal"')
        }
        steps.push(Number(index.text))
        this.at++
        if (this.token.type === 'end' || (!this.is(']') && this.token.start !== this.previousEnd())) this.endsPath('"]"', index.start)
        this.expect(']')
      } else return
    }
  }

  /** What stands here cannot even be taken for a wrong step of a path. */
  private startsNoStep(): boolean {
    const { type, text } = this.token
    return type === 'end' || type === 'newline' || type === 'operator' || (type === 'punctuation' && ')]},;:'.includes(text))
  }

  protected fieldName(): string | undefined {
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

  protected call(): CallNode {
    const name = this.tokens[this.at++]!
    const bang = this.accept('!')
    this.expect('(')
    this.newlines()
    this.want(')')
    const args = this.is(')') ? [] : this.list(')', () => this.argument())
    this.expect(')')
    this.want('->')
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

  protected argument(): Argument {
    const t = this.token
    const colon = this.tokens[this.at + 1]
    this.want('reserved identifier', 'if', 'else', 'abort', 'return')
    if (t.type === 'keyword' || t.type === 'identifier') this.wants.add(this.at + 1, ':')
    if (/^(identifier|keyword|reserved identifier)$/.test(t.type) && colon?.type === 'punctuation' && colon.text === ':') {
      this.at += 2
      const value = this.arithmetic()
      return { keyword: t.text, keywordSpan: span(t.start, t.end), value, start: t.start, end: value.end }
    }
    if (t.type === 'reserved identifier' || (t.type === 'keyword' && !/^(true|false|null)$/.test(t.text))) {
      this.at++
      this.want(':')
      this.unexpected()
    }
    const value = this.arithmetic()
    return { value, start: value.start, end: value.end }
  }

  protected list<T>(close: ')' | ']' | '}' | '|', read: () => T): T[] {
    const items: T[] = []
    for (;;) {
      items.push(read())
      this.want('\\n', ',', ...closing(close))
      if (!this.accept(',')) {
        this.newlines()
        this.want(...closing(close))
        if (!this.is(close)) this.unexpected()
        return items
      }
      this.newlines()
      this.want(...closing(close))
      if (this.is(close)) return items
    }
  }

  protected array(): Node {
    const open = this.expect('[')
    this.newlines()
    this.want(']')
    const items = this.is(']') ? [] : this.list(']', () => this.arithmetic())
    const close = this.expect(']')
    return { type: 'array', items, start: open.start, end: close.end }
  }

  protected blockOrObject(): Node {
    let i = this.at + 1
    while (this.tokens[i]!.type === 'newline') i++
    const first = this.tokens[i]!
    const second = this.tokens[i + 1]
    if (first.text === '}' && first.type === 'punctuation') return this.object()
    this.wants.add(i, '}')
    if (first.type === 'string literal') this.wants.add(i + 1, ':')
    return first.type === 'string literal' && second?.type === 'punctuation' && second.text === ':' ? this.object() : this.block()
  }

  protected object(): Node {
    const open = this.expect('{')
    this.newlines()
    const entries = this.is('}') ? [] : this.list('}', () => this.entry())
    const close = this.expect('}')
    return { type: 'object', entries, start: open.start, end: close.end }
  }

  protected entry(): readonly [string, Node] {
    this.want('string literal')
    if (this.token.type !== 'string literal') this.unexpected()
    const key = unescaped(this.tokens[this.at++]!.text)
    this.expect(':')
    return [key, this.arithmetic()]
  }
}

const closing = (close: ')' | ']' | '}' | '|') => (close === '|' ? (['|', 'pipe'] as const) : ([close] as const))

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
