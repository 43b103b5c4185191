import type { AssignmentNode, BlockNode, CallNode, IfNode, Node, Root, Target } from './ast.ts'
import { type Diagnostic, primary, type Span, warning } from './diagnostics.ts'
import { nodeText } from './print.ts'

/** Functions called for what they do. */
const doers = new Set(['del', 'log', 'assert', 'assert_eq', 'set_semantic_meaning'])

interface Binding extends Span {
  used: boolean
  inClosure: boolean
}

/** Warnings for values that go nowhere: literals, results of calls, variables never read. The last expression's value is the program's. */
export function unusedResults(roots: readonly Root[]): Diagnostic[] {
  return new Visitor().visit(roots)
}

/**
 * Walks the program as the reference does, level by level: at each nesting level a value is either expected or not. Variables that start
 * with `_` are never reported, nor those that a closure touches.
 */
class Visitor {
  private level = 0
  private readonly expected = new Map<number, boolean>()
  private readonly inBlock = new Map<number, boolean>()
  private readonly bindings = new Map<string, Binding>()
  private visitingClosure = false
  private readonly found: Diagnostic[] = []

  visit(roots: readonly Root[]): Diagnostic[] {
    const last = roots.length - 1
    for (const [i, root] of roots.entries()) {
      if ('error' in root) continue
      if (i === last) this.scoped(() => this.node(root.node))
      else this.node(root.node)
    }
    for (const name of [...this.bindings.keys()].sort()) {
      const b = this.bindings.get(name)!
      if (!b.used && !b.inClosure) this.report(`unused variable \`${name}\``, b)
    }
    return this.found
  }

  private get unused(): boolean {
    return this.expected.get(this.level) !== true
  }

  private report(message: string, at: Span): undefined {
    this.found.push(
      warning(900, message, [primary('help: use the result of this expression or remove it', at)], ['this expression has no side-effects']),
    )
  }

  private scoped(visit: () => void): undefined {
    this.level++
    this.expected.set(this.level, true)
    visit()
    this.expected.set(this.level, false)
    this.level--
  }

  private bind(name: string, at: Span): undefined {
    if (name === '' || name.startsWith('_') || this.bindings.has(name)) return
    this.bindings.set(name, { start: at.start, end: at.end, used: false, inClosure: this.visitingClosure })
  }

  private use(name: string): undefined {
    const b = this.bindings.get(name)
    if (!b) return
    b.used = true
    if (this.visitingClosure) b.inClosure = true
  }

  private node(node: Node): undefined {
    switch (node.type) {
      case 'literal':
        if (node.literal.is === 'string') for (const s of node.literal.segments) if ('variable' in s) this.use(s.variable)
        if (this.unused) this.report(`unused literal \`${nodeText(node)}\``, node)
        return
      case 'group':
      case 'not':
        return this.node(node.inner)
      case 'block':
        return this.block(node)
      case 'array':
        for (const item of node.items) this.node(item)
        return
      case 'object':
        if (this.unused) this.report(`unused object \`${nodeText(node)}\``, node)
        for (const [, value] of node.entries) this.scoped(() => this.node(value))
        return
      case 'if':
        return this.scoped(() => this.ifStatement(node))
      case 'op':
        this.node(node.lhs)
        return this.scoped(() => this.node(node.rhs))
      case 'assignment':
        return this.assignment(node)
      case 'query': {
        const { target } = node
        if ('variable' in target) {
          if (!this.unused) this.use(target.variable)
        } else if ('node' in target && target.node.type === 'call') this.call(target.node)
        return
      }
      case 'call':
        return this.call(node)
      case 'variable':
        return this.use(node.name)
      case 'abort':
        return
      case 'return':
        return this.scoped(() => this.node(node.value))
      default:
        return node satisfies never
    }
  }

  private block(node: BlockNode): undefined {
    this.level++
    this.inBlock.set(this.level, true)
    for (const [i, n] of node.body.entries()) {
      if (i === node.body.length - 1) {
        this.inBlock.set(this.level, false)
        this.level--
      }
      this.node(n)
    }
  }

  private ifStatement(node: IfNode): undefined {
    for (const n of node.test.body) this.node(n)
    this.scoped(() => this.block(node.then))
    const { otherwise } = node
    if (otherwise) this.scoped(() => this.block(otherwise))
  }

  private assignment(node: AssignmentNode): undefined {
    this.level++
    const { level } = this
    this.expected.set(level, true)
    this.target(node.target, node.merge)
    if (node.err) this.target(node.err, node.merge)
    this.node(node.value)
    this.expected.set(level, false)
    this.level--
  }

  private target(t: Target, merge: boolean): undefined {
    if ('query' in t && 'variable' in t.query.target) this.bind(t.query.target.variable, t.query.targetSpan)
    if (!('variable' in t)) return
    if (merge) this.use(t.variable)
    else this.bind(t.variable, t)
  }

  private call(node: CallNode): undefined {
    for (const a of node.arguments) this.scoped(() => this.node(a.value))
    // an unused call that can fail may be there for its failure
    const mayBeHandled = !node.bang && this.inBlock.get(this.level) === true
    if (mayBeHandled) this.expected.set(this.level, true)
    if (!doers.has(node.name)) {
      if (node.closure) {
        this.visitingClosure = true
        for (const p of node.closure.parameters) this.bind(p.name, p)
        this.expected.set(this.level, true)
        this.block(node.closure.block)
        this.expected.set(this.level, false)
      } else if (this.unused) this.report(`unused result for function call \`${nodeText(node)}\``, node)
      this.visitingClosure = false
    }
    if (mayBeHandled) this.expected.set(this.level, false)
  }
}
