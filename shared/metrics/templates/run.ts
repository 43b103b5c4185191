import type { Control, Node, Operand, Pipe, Template } from './ast.ts'
import { functions, type Surroundings } from './functions.ts'
import { bounded, display, TEXT_MAX } from './go-text.ts'
import { methodOf } from './go-time.ts'
import { fail, isList, isMap, isTrue, Struct, typeOf, type Value } from './values.ts'

/** Actions and calls of one run; a template that does more is a loop somebody did not mean. */
const STEPS_MAX = 100_000
const CALLS_MAX = 100

type Variable = { name: string; value: Value }
type Left = 'break' | 'continue' | null

/** What a template makes of `data`, with these variables. Throws TemplateError. */
export function runTemplate(template: Template, data: Value, variables: Readonly<Record<string, Value>>, where: Surroundings): string {
  const run = new Run(template, where)
  return run.text(data, [{ name: '$', value: data }, ...Object.entries(variables).map(([name, value]) => ({ name, value }))])
}

class Run {
  private readonly template: Template
  private readonly where: Surroundings
  private parts: string[] = []
  private length = 0
  private steps = 0
  private calls = 0
  private scope: Variable[] = []

  constructor(template: Template, where: Surroundings) {
    this.template = template
    this.where = where
  }

  text(data: Value, scope: Variable[]): string {
    this.scope = scope
    this.list(this.template.body, data)
    return this.parts.join('')
  }

  private list(nodes: readonly Node[], dot: Value): Left {
    for (const node of nodes) {
      const left = this.node(node, dot)
      if (left) return left
    }
    return null
  }

  private node(node: Node, dot: Value): Left {
    this.step()
    switch (node.kind) {
      case 'text':
        this.write(node.text)
        return null
      case 'print': {
        const value = this.pipe(node.pipe, dot)
        if (!node.pipe.names.length) this.write(display(value))
        return null
      }
      case 'if':
      case 'with':
        return this.scoped(() => {
          const value = this.pipe(node.pipe, dot)
          return isTrue(value) ? this.list(node.body, node.kind === 'with' ? value : dot) : this.list(node.otherwise, dot)
        })
      case 'range':
        return this.scoped(() => this.range(node, dot))
      case 'template': {
        const body = this.template.defined.get(node.name) ?? fail(`template ${JSON.stringify(node.name)} not defined`)
        const data = node.pipe ? this.pipe(node.pipe, dot) : null
        if (++this.calls > CALLS_MAX) fail('templates call each other too deep')
        const scope = this.scope
        this.scope = [{ name: '$', value: data }]
        this.list(body, data)
        this.scope = scope
        this.calls--
        return null
      }
      case 'break':
      case 'continue':
        return node.kind
      default:
        return node satisfies never
    }
  }

  private range(node: Control, dot: Value): Left {
    const { names } = node.pipe
    const value = this.pipe(node.pipe, dot)
    const items: Iterable<[Value, Value]> = isList(value)
      ? value.map((v, i): [Value, Value] => [BigInt(i), v])
      : isMap(value)
        ? [...value].sort(([a], [b]) => (a < b ? -1 : 1))
        : typeof value === 'bigint'
          ? counted(value)
          : value === null
            ? []
            : fail(`range can't iterate over ${display(value)}`)
    let any = false
    const outer = this.scope.length
    for (const [key, item] of items) {
      any = true
      this.step()
      if (names.length === 1) this.set(names[0] as string, item)
      if (names.length === 2) {
        this.set(names[0] as string, key)
        this.set(names[1] as string, item)
      }
      const left = this.list(node.body, item)
      this.scope.length = outer
      if (left === 'break') break
    }
    return any ? null : this.list(node.otherwise, dot)
  }

  private scoped(run: () => Left): Left {
    const mark = this.scope.length
    const left = run()
    this.scope.length = mark
    return left
  }

  private pipe({ names, declares, commands }: Pipe, dot: Value): Value {
    let value: Value | undefined
    for (const command of commands) value = this.command(command, dot, value)
    const result = value ?? null
    for (const name of names) {
      if (declares) this.scope.push({ name, value: result })
      else this.set(name, result)
    }
    return result
  }

  private set(name: string, value: Value): void {
    for (let i = this.scope.length - 1; i >= 0; i--)
      if (this.scope[i]?.name === name) {
        this.scope[i] = { name, value }
        return
      }
  }

  private command([first, ...rest]: readonly Operand[], dot: Value, piped: Value | undefined): Value {
    this.step()
    const operand = first as Operand
    if (operand.kind === 'function') return this.call(operand.name, rest, dot, piped)
    const given = () => [...rest.map((arg) => this.argument(arg, dot)), ...(piped === undefined ? [] : [piped])]
    if (operand.kind === 'field') return this.field(operand, dot, given())
    if (rest.length || piped !== undefined) return fail(`can't give argument to non-function ${said(operand)}`)
    if (operand.kind === 'nil') return fail('nil is not a command')
    return this.argument(operand, dot)
  }

  private argument(operand: Operand, dot: Value): Value {
    switch (operand.kind) {
      case 'value':
        return operand.value
      case 'dot':
        return dot
      case 'nil':
        return null
      case 'function':
        return this.call(operand.name, [], dot, undefined)
      case 'field':
        return this.field(operand, dot, [])
      case 'variable':
        return this.scope.findLast((v) => v.name === operand.name)?.value ?? null
      case 'pipe':
        return this.pipe(operand.pipe, dot)
      default:
        return operand satisfies never
    }
  }

  private field({ of, path }: Operand & { kind: 'field' }, dot: Value, args: Value[]): Value {
    return path.reduce((value, name, i) => fieldOf(value, name, i === path.length - 1 ? args : []), this.argument(of, dot))
  }

  private call(name: string, operands: readonly Operand[], dot: Value, piped: Value | undefined): Value {
    if (name === 'and' || name === 'or') return this.shortCircuit(name, operands, dot, piped)
    const args = operands.map((arg) => this.argument(arg, dot))
    if (piped !== undefined) args.push(piped)
    const { args: wanted, many, run } = functions[name] as (typeof functions)[string]
    const least = many ? wanted.length - 1 : wanted.length
    if (args.length < least || (!many && args.length > wanted.length))
      return fail(`wrong number of args for ${name}: want ${many ? 'at least ' : ''}${least} got ${args.length}`)
    for (const [i, arg] of args.entries()) {
      const type = wanted[Math.min(i, wanted.length - 1)] ?? 'any'
      if (!fits(type, arg)) return fail(`error calling ${name}: wrong type for value; expected ${documented[type]}; got ${typeOf(arg)}`)
    }
    const made = run(args, this.where)
    return typeof made === 'string' ? bounded(made) : made
  }

  /** The first that decides, or the last; what stands after it is not looked at. */
  private shortCircuit(name: 'and' | 'or', operands: readonly Operand[], dot: Value, piped: Value | undefined): Value {
    let value: Value | undefined
    for (const operand of operands) {
      value = this.argument(operand, dot)
      if (isTrue(value) === (name === 'or')) return value
    }
    const last = piped ?? value
    return last === undefined ? fail(`wrong number of args for ${name}: want at least 1 got 0`) : last
  }

  private write(text: string): void {
    this.length += text.length
    if (this.length > TEXT_MAX) fail(`the text is longer than ${TEXT_MAX} characters`)
    this.parts.push(text)
  }
  private step(): void {
    if (++this.steps > STEPS_MAX) fail('the template does too much')
  }
}

function* counted(n: bigint): Generator<[Value, Value]> {
  for (let i = 0n; i < n; i++) yield [i, i]
}

function fieldOf(value: Value, name: string, args: Value[]): Value {
  const method = methodOf(value, name)
  if (method) return method(args)
  if (args.length) return fail(`${name} is not a method but has arguments`)
  if (isMap(value)) return value.get(name) ?? ''
  if (value instanceof Struct) return value.fields.get(name) ?? fail(`can't evaluate field ${name} in type ${value.type}`)
  return fail(
    value === null ? `nil data; no entry for key ${JSON.stringify(name)}` : `can't evaluate field ${name} in type ${typeOf(value)}`,
  )
}

const documented = { any: 'interface {}', string: 'string', number: 'float64', samples: 'template.queryResult', sample: '*template.sample' }
const isSample = (v: Value) => v instanceof Struct && v.type === '*template.sample'
function fits(type: keyof typeof documented, v: Value): boolean {
  switch (type) {
    case 'any':
      return true
    case 'string':
      return typeof v === 'string'
    case 'number':
      return typeof v === 'number'
    case 'samples':
      return isList(v) && v.every(isSample)
    case 'sample':
      return isSample(v)
    default:
      return type satisfies never
  }
}
const said = (o: Operand): string => (o.kind === 'value' ? JSON.stringify(display(o.value)) : o.kind === 'variable' ? o.name : o.kind)
