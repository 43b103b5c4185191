import type { AssignmentNode, BlockNode, ClosureNode, Node, Operator, Parameter, QueryNode, Root, Target } from './ast.ts'
import { type Diagnostic, error, primary, type Span } from './diagnostics.ts'
import { lex } from './lex.ts'
import { TermParser } from './parse-terms.ts'
import { chainMax, TooDeep, Unexpected } from './parse-tokens.ts'
import { terms } from './parse-wants.ts'

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

class Parser extends TermParser {
  /** Groups read once already, by the index of their first token, with the index behind them. */
  private readonly groups = new Map<number, { node: Node; end: number }>()

  program(): Root[] {
    const roots: Root[] = []
    this.newlines()
    while (this.token.type !== 'end') {
      this.depth = 0
      try {
        const node = this.expression()
        if (!this.endOfExpression()) this.unexpected()
        roots.push({ node })
      } catch (e) {
        if (e instanceof Unexpected) {
          roots.push({ error: this.fault(e) })
          this.recover()
        } else if (e instanceof TooDeep) return [{ error: tooDeep(this.token) }]
        else throw e
      }
    }
    return roots
  }

  private expression(): Node {
    return this.deeper(() => {
      const { token } = this
      this.want('if', 'abort', 'return')
      if (this.is('if')) return this.ifStatement()
      if (this.accept('abort')) {
        this.want(';', '\\n')
        const message = this.startsExpression() ? this.expression() : undefined
        if (!message) this.want('if', 'abort', 'return', '_', '!', ...terms)
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
    this.want('_')
    const target = this.accept('_')
      ? { noop: true as const, start: this.tokens[start]!.start, end: this.tokens[start]!.end }
      : this.arithmetic()
    const asTarget = 'noop' in target ? target : targetOf(target)
    if (!asTarget) return target as Node
    this.want('=', '|=', ',')
    if (this.is(',')) {
      const comma = this.at++
      const err = this.maybeTarget()
      if (err && (this.is('=') || this.is('|='))) return this.assign(asTarget, err)
      this.want('=', '|=')
      if ('noop' in target || err) this.unexpected()
      this.at = comma
      return target
    }
    if (this.is('=') || this.is('|=')) return this.assign(asTarget)
    if ('noop' in target) this.unexpected()
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
    this.want('identifier', 'path literal', '_')
    if (this.accept('_')) return { noop: true, start: t.start, end: t.end }
    if (
      t.type === 'identifier' ||
      (t.type === 'path field' && this.startsQuery(t)) ||
      this.is('.') ||
      this.is('%') ||
      this.is('{') ||
      this.is('[') ||
      t.type === 'function call'
    ) {
      const { token } = this
      const target = targetOf(this.term())
      if (target) return target
      throw new Unexpected(token, '"identifier", "path literal", "_"')
    }
    return this.unexpected()
  }

  protected arithmetic(level = 0): Node {
    const ops = levels[level]
    if (!ops) return this.unary()
    let lhs = this.arithmetic(level + 1)
    for (let n = 0; ; n++) {
      const { token } = this
      this.wants.operators(this.at)
      if (token.type !== 'operator' || !ops.includes(token.text as Operator)) return lhs
      if (n > chainMax) throw new TooDeep()
      this.at++
      this.newlines()
      const rhs = this.arithmetic(level + 1)
      lhs = { type: 'op', op: token.text as Operator, opSpan: token, lhs, rhs, start: lhs.start, end: rhs.end }
    }
  }

  private unary(): Node {
    const { token } = this
    this.want('!')
    if (!this.accept('!')) return this.term()
    return this.deeper(() => {
      const inner = this.unary()
      return { type: 'not', bang: token, inner, start: token.start, end: inner.end }
    })
  }

  protected closure(): ClosureNode {
    const start = this.expect('->').start
    let parameters: Parameter[] = []
    this.want('pipe', '|', '||')
    if (!this.accept('||')) {
      this.expect('|')
      this.want('pipe', '|', 'identifier', '_')
      if (!this.is('|')) parameters = this.list('|', () => this.parameter())
      this.expect('|')
    }
    this.newlines()
    const block = this.block()
    return { parameters, block, start, end: block.end }
  }

  private parameter(): Parameter {
    const t = this.token
    this.want('identifier', '_')
    if (this.accept('_')) return { name: '', start: t.start, end: t.end }
    if (t.type !== 'identifier') this.unexpected()
    this.at++
    return { name: t.text, start: t.start, end: t.end }
  }

  protected group(): Node {
    const known = this.groups.get(this.at)
    if (known) {
      this.at = known.end
      return known.node
    }
    const open = this.expect('(')
    const inner = this.assignment()
    const close = this.expect(')')
    return { type: 'group', inner, start: open.start, end: close.end }
  }

  protected block(): BlockNode {
    const open = this.expect('{')
    this.newlines()
    const body: Node[] = []
    do {
      body.push(this.expression())
      this.want('}')
      if (this.is('}') || !this.endOfExpression()) break
      this.want('}')
    } while (!this.is('}'))
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
    this.emptyLines()
    const start = this.token.start
    this.wants.add(before, 'else')
    if (!this.accept('else')) {
      this.at = before
      return undefined
    }
    this.newlines()
    this.want('if')
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
    const first = this.assignment()
    this.want(';', '\\n', ')')
    if (this.token.type !== 'newline' && !this.is(';')) {
      // just a group: what was read is kept, or nested tests would be read twice at every level
      const close = this.token
      if (this.accept(')')) {
        const node: Node = { type: 'group', inner: first, start: this.tokens[before]!.start, end: close.end }
        this.groups.set(before, { node, end: this.at })
      }
      this.at = before
      return undefined
    }
    const body = [first]
    this.want(';', '\\n', ')')
    while (this.token.type !== 'end' && this.endOfExpression()) {
      while (this.accept(';') || this.token.type === 'newline') this.emptyLines()
      this.want(';', '\\n', ')')
      if (this.is(')')) break
      body.push(this.assignment())
      this.want(';', '\\n', ')')
    }
    this.expect(')')
    return body
  }
}

function targetOf(node: Node): Target | undefined {
  if (node.type === 'variable') return { variable: node.name, start: node.start, end: node.end }
  return node.type === 'query' ? { query: node as QueryNode, start: node.start, end: node.end } : undefined
}

const tooDeep = (at: Span): Diagnostic => error(210, 'the program is nested too deeply', [primary('too deep from here on', at)])
