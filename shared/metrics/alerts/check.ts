import type { FieldError } from '../../problem.ts'
import { documented, typeOf } from '../promql/syntax/check.ts'
import { parse } from '../promql/syntax/parse.ts'

/** Why a query cannot be evaluated as a rule, or null: it has to be PromQL and give a vector or a scalar. */
export function checkQuery(query: string, path = 'query'): FieldError | null {
  try {
    const type = typeOf(parse(query))
    if (type === 'vector' || type === 'scalar') return null
    return { path, code: 'promql', message: `The query gives a ${documented[type]}; a rule needs an instant vector. Put a function around it, such as last_over_time.` } // biome-ignore format: one thought
  } catch (e) {
    const span = (e as { span?: { start: number } }).span
    return { path, code: 'promql', message: (e as Error).message, ...(span ? { at: span.start } : {}) }
  }
}
