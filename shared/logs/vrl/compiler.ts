import type { Node, Root } from './ast.ts'
import { checkAssignment } from './check-assignment.ts'
import { checkAbort, checkArray, checkBlock, checkIf, checkNot, checkObject, checkReturn } from './check-blocks.ts'
import { checkCall } from './check-call.ts'
import { checkLiteral } from './check-literal.ts'
import { checkOp } from './check-op.ts'
import { checkQuery, checkVariable } from './check-query.ts'
import type { Definition } from './define.ts'
import { context, type Diagnostic, error, note, primary, type Span } from './diagnostics.ts'
import type { Expression } from './expression.ts'
import type { Path } from './path.ts'
import type { Prefix, State } from './types.ts'

export interface Settings {
  readonly functions: ReadonlyMap<string, Definition>
  readonly isReadOnly: (prefix: Prefix, path: Path) => boolean
  readonly file: (name: string) => string | Uint8Array | undefined
}

/** A fallible expression nobody has handled yet; `argument` is set when the cause is an argument of uncertain type. */
export interface Pending {
  readonly diagnostic: Diagnostic
  readonly argument?: UncertainArgument
}

export interface UncertainArgument {
  readonly callee: string
  readonly firstArgument: string
  readonly got: string
  readonly parameter: string
  readonly expected: string
}

/** What one compilation accumulates. The check-*.ts files each know one form of expression. */
export class Compiler {
  readonly diagnostics: Diagnostic[] = []
  /** Innermost first. Whoever handles a failure cuts the list back to where it began. */
  readonly pending: Pending[] = []
  /** A closure assigned something: values may be of other kinds than what the checker knows, so calls look at them. */
  surprises = false
  /** Targets left without a type because what was assigned did not compile; reading them is not worth a second diagnostic. */
  readonly poisoned = new Set<string>()
  private readonly slots = new Map<string, number>()
  readonly source: string
  readonly settings: Settings

  constructor(source: string, settings: Settings) {
    this.source = source
    this.settings = settings
  }

  program(roots: readonly Root[], state: State): Expression[] {
    const out: Expression[] = []
    for (const root of roots) {
      if ('error' in root) this.diagnostics.push(root.error)
      else {
        const e = this.expression(root.node, state)
        for (const p of this.pending.splice(0)) this.diagnostics.push(p.diagnostic)
        if (e) out.push(e)
      }
    }
    return out
  }

  /** The checked expression, or `undefined` after a diagnostic. `state` becomes what is known after it. */
  expression(node: Node, state: State): Expression | undefined {
    const before = this.pending.length
    const e = this.dispatch(node, state)
    if (e?.type.fallible && this.pending.length === before) this.pending.push({ diagnostic: unhandled(node) })
    return e
  }

  private dispatch(node: Node, state: State): Expression | undefined {
    switch (node.type) {
      case 'literal':
        return checkLiteral(this, node, state)
      case 'group': {
        const inner = this.expression(node.inner, state)
        return (
          inner && {
            ...inner,
            start: node.start,
            end: node.end,
            form: 'group',
            query: undefined,
            comparison: false,
            text: () => `(${inner.text()})`,
          }
        )
      }
      case 'block':
        return checkBlock(this, node, state)
      case 'array':
        return checkArray(this, node, state)
      case 'object':
        return checkObject(this, node, state)
      case 'if':
        return checkIf(this, node, state)
      case 'op':
        return checkOp(this, node, state)
      case 'assignment':
        return checkAssignment(this, node, state)
      case 'query':
        return checkQuery(this, node, state)
      case 'call':
        return checkCall(this, node, state)
      case 'variable':
        return checkVariable(this, node.name, node, state)
      case 'not':
        return checkNot(this, node, state)
      case 'abort':
        return checkAbort(this, node, state)
      case 'return':
        return checkReturn(this, node, state)
      default:
        return node satisfies never
    }
  }

  report(d: Diagnostic): undefined {
    this.diagnostics.push(d)
    return undefined
  }

  /** Runs `check` and forgets the failures it left pending: the caller accounts for them. */
  handling<T>(check: () => T): T {
    const before = this.pending.length
    const result = check()
    this.pending.length = before
    return result
  }

  slot(name: string): number {
    let at = this.slots.get(name)
    if (at === undefined) {
      at = this.slots.size
      this.slots.set(name, at)
    }
    return at
  }

  get slotCount(): number {
    return this.slots.size
  }

  /** Messages count positions in bytes. */
  byteOffset(at: number): number {
    return new TextEncoder().encode(this.source.slice(0, at)).length
  }
}

const unhandled = (at: Span): Diagnostic =>
  error(
    100,
    'unhandled error',
    [primary('expression can result in runtime error', at), context('handle the error case to ensure runtime success', at)],
    [note.errors],
  )
