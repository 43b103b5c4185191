import { tryProgram } from '../../../../shared/logs/pipeline/run.ts'
import { functions } from '../../../../shared/logs/vrl/index.ts'
import { kindText } from '../../../../shared/logs/vrl/kind-text.ts'

/** The compiler as the Worker has it. A large chunk: only ever loaded by `import()`. */
export const run = (program: string, events: readonly unknown[]) =>
  tryProgram(program, events, { at: Date.now(), random: Math.random, clock: () => performance.now() })

/** A function as completion and hover tell of it. */
export type Help = {
  name: string
  signature: string
  summary: string
  parameters: Parameter[]
  returns: string
  fails: boolean
  example: string
}
type Parameter = { name: string; kind: string; optional: boolean; values: string }

export const help: ReadonlyMap<string, Help> = new Map(
  [...functions.values()].map((f) => {
    const parameters = f.parameters.map((p) => ({
      name: p.name,
      kind: kindText(p.kind),
      optional: p.optional ?? false,
      values: p.values?.map((v) => JSON.stringify(v)).join(', ') ?? '',
    }))
    const shown = parameters.map((p) => (p.optional ? `[${p.name}]` : p.name)).join(', ')
    return [
      f.name,
      {
        name: f.name,
        signature: `${f.name}(${shown})${f.closure ? ' -> |…| { … }' : ''}`,
        summary: f.summary,
        parameters,
        returns: typeof f.returns === 'function' ? '' : kindText(f.returns),
        fails: f.fails === true,
        example: `${f.example.source}  # ${JSON.stringify(f.example.result)}`,
      },
    ]
  }),
)
