import { invalidArgument, literal, literalItems } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { collection } from '../lib/parameters.ts'
import { filterOf, type Redaction, redacted, redactorOf } from '../lib/redaction.ts'
import { Failure, type Value } from '../value.ts'

export const redact = define({
  name: 'redact',
  summary: 'A value with what filters find in its text replaced, by a mark or by a digest.',
  parameters: [
    required('value', kind.or(collection, kind.scalar.bytes)),
    required('filters', kind.anyArray),
    optional('redactor', kind.or(kind.anyObject, kind.scalar.bytes)),
  ],
  returns: (call) => call.kind('value')!,
  prepare: (call) => {
    const filters = literalItems(call, 'filters')!
    const wanted = literal(call, 'redactor')
    const redaction: Redaction = {
      filters: filters.flatMap((f) => checked('filters', f, () => filterOf(f))),
      replace: checked('redactor', wanted ?? null, () => redactorOf(wanted)),
    }
    const { run: value } = call.arg('value')!
    return (run) => redacted(run, value(run), redaction)
  },
  example: { source: 'redact("card 1234", [r\'\\d+\'])', result: 'card [REDACTED]' },
})

function checked<T>(name: string, received: Value, make: () => T): T {
  try {
    return make()
  } catch (e) {
    if (e instanceof Failure) return invalidArgument(name, received, e.message)
    throw e
  }
}
