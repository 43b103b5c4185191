import { type Compiled, compileWith, type Options } from './program.ts'
import { functions } from './stdlib/index.ts'

export type { Diagnostic, Label } from './diagnostics.ts'
export { encodeJson, parseJson } from './json.ts'
export { type Compiled, type Context, type Options, type Outcome, type Program, sourceMax } from './program.ts'
export { render } from './render.ts'
export { functions } from './stdlib/index.ts'
export { Timestamp, type Value } from './value.ts'

/** A program ready to run, or what is wrong with it. */
export const compile = (source: string, options: Options = {}): Compiled => compileWith(functions, source, options)
