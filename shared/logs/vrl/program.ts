import { sequenceCode } from './check-blocks.ts'
import { Compiler } from './compiler.ts'
import type { Definition } from './define.ts'
import { type Diagnostic, error } from './diagnostics.ts'
import * as kind from './kind.ts'
import { parse } from './parse.ts'
import type { Path } from './path.ts'
import { Aborted, type Code, checkSize, limits as defaultLimits, type Limits, Returned, Run, type Surroundings, settled } from './run.ts'
import { type Prefix, State } from './types.ts'
import { unusedResults } from './unused.ts'
import { Exhausted, Failure, Timestamp, type Value } from './value.ts'

/** Bytes of source a program may have. */
export const sourceMax = 64 * 1024

export interface Options {
  /** Paths that may not be changed; `recursive` ones protect all below them. */
  readonly readOnly?: readonly { readonly prefix: Prefix; readonly path: Path; readonly recursive: boolean }[]
  /** Files that functions may name: grok aliases, protobuf descriptors, public suffix lists. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly limits?: Partial<Limits>
}

/** What surrounds one event. `at` is epoch ms; all else has a default that keeps runs repeatable. */
export interface Context extends Partial<Omit<Surroundings, 'at'>> {
  readonly at: number
  readonly metadata?: Value
  /** Told how many steps the run took, however it ended. */
  readonly spent?: (steps: number) => void
}

/**
 * `ok`: the program's value and the event it leaves. `aborted`: the message, if any; `left` is the event as far as the program got, while
 * pipelines keep the event as it came. `error`: likewise, the event is to stay as it came.
 */
export type Outcome =
  | { readonly ok: Value; readonly event: Value; readonly metadata: Value }
  | { readonly aborted: string | null; readonly left: Value }
  | { readonly error: string }

export interface Program {
  readonly warnings: readonly Diagnostic[]
  /** Works on one event. The event itself is never changed. */
  run(event: Value, context: Context): Outcome
}

/** A program ready to run, or what is wrong with it. */
export type Compiled = { readonly program: Program } | { readonly diagnostics: readonly Diagnostic[] }

/** Compiles against the given functions. */
export function compileWith(functions: ReadonlyMap<string, Definition>, source: string, options: Options = {}): Compiled {
  if (source.length > sourceMax) return { diagnostics: [error(210, `the program is longer than ${sourceMax} bytes`, [])] }
  const roots = parse(source)
  if (!Array.isArray(roots)) return { diagnostics: [roots] }
  const compiler = new Compiler(source, {
    functions,
    isReadOnly: readOnlyTest(options.readOnly ?? []),
    file: (name) => own(options.files, name),
  })
  const exprs = compiler.program(roots, State.initial(kind.anyObject, kind.anyObject))
  if (compiler.diagnostics.some((d) => d.severity === 'error'))
    return { diagnostics: compiler.diagnostics.filter((d) => d.severity === 'error') }
  const warnings = [...compiler.diagnostics, ...unusedResults(roots)]
  return {
    program: programOf(sequenceCode(exprs.map((e) => e.run)), compiler.slotCount, warnings, { ...defaultLimits, ...options.limits }),
  }
}

const own = <T>(o: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  o && Object.hasOwn(o, name) ? o[name] : undefined

function programOf(code: Code, slots: number, warnings: readonly Diagnostic[], limits: Limits): Program {
  const run = (event: Value, context: Context): Outcome => {
    const { at, metadata = {}, random = () => 0.5, zone = 'UTC', hostname, env, log, tables } = context
    const r = new Run(event, metadata, slots, { at: new Timestamp(at), random, zone, hostname, env, log, tables }, limits.fuel)
    try {
      let ok: Value
      try {
        ok = code(r)
      } catch (e) {
        if (!(e instanceof Returned)) throw e
        ok = e.value
      }
      const left = settled(r.event)
      if (left !== event) checkSize(left, limits.nodes)
      return { ok: ok === r.event ? left : ok, event: left, metadata: r.metadata }
    } catch (e) {
      return failureOf(e, r)
    } finally {
      context.spent?.(limits.fuel - r.fuel)
    }
  }
  return { warnings, run }
}

function failureOf(e: unknown, r: Run): Outcome {
  if (e instanceof Failure || e instanceof Exhausted) return { error: e.message }
  if (e instanceof Aborted) return { aborted: e.message ?? null, left: settled(r.event) }
  // too deep or too long for the engine itself: the same to the caller as one of our limits
  if (e instanceof RangeError) return { error: 'the program needs more memory or depth than it may have' }
  // a fault of ours: no event is lost for it
  if (e instanceof Error) return { error: `internal error: ${e.message}` }
  throw e
}

/** A path is read-only when it is protected itself, or contains or (recursively) lies below a protected one. */
function readOnlyTest(protectedPaths: NonNullable<Options['readOnly']>): (prefix: Prefix, path: Path) => boolean {
  const startsWith = (a: Path, b: Path): boolean => b.every((step, i) => a[i] === step)
  return (prefix, path) =>
    protectedPaths.some((p) => p.prefix === prefix && (startsWith(p.path, path) || (p.recursive && startsWith(path, p.path))))
}
