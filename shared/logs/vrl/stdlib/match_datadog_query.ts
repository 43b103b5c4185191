import { invalidArgument, literal } from '../bad-argument.ts'
import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { compileSearch } from '../lib/datadog-search.ts'
import { isObject, isString, text } from '../value.ts'

export const match_datadog_query = define({
  name: 'match_datadog_query',
  summary: "Whether an object meets a query of Datadog's log search.",
  parameters: [required('value', kind.anyObject), required('query', kind.bytes)],
  returns: kind.boolean,
  prepare: (call) => {
    const q = literal(call, 'query')!
    const search = isString(q) ? compileSearch(text(q)) : undefined
    if (!search) return invalidArgument('query', q, 'failed to build matcher')
    const { run: value } = call.arg('value')!
    return (run) => {
      const v = value(run)
      return isObject(v) ? search(v) : wrongType('object', v)
    }
  },
  example: { source: 'match_datadog_query({ "level": "error", "n": 5 }, "@level:err* @n:>3")', result: true },
})
