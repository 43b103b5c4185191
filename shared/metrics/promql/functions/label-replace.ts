import { QueryError } from '../limits.ts'
import { compileAnchored } from '../matcher.ts'
import { expandGroups } from '../text/groups.ts'
import { checkLabelName, withLabel } from './families/relabel.ts'
import type { PromFunction } from './function.ts'

export const labelReplace = {
  name: 'label_replace',
  args: ['vector', 'string', 'string', 'string', 'string'],
  variadic: 0,
  returns: 'vector',
  doc: 'Sets a label to a replacement, which may refer to groups of a regular expression, where the value of a source label matches it as a whole.',
  example: 'label_replace(up, "host", "$1", "instance", "(.*):.*")',
  run: (call) => {
    const [label, replacement, source, pattern] = [1, 2, 3, 4].map((i) => call.text(i)) as [string, string, string, string]
    const regex = compile(pattern)
    checkLabelName(label, 'destination label name in label_replace()')
    return withLabel(call.vector(0), label, (column) => {
      const match = regex.matcher(column.labels.get(source))
      return match.find() ? expandGroups(replacement, match, regex) : undefined
    })
  },
} as const satisfies PromFunction

type Regex = ReturnType<typeof compileAnchored>

function compile(pattern: string): Regex {
  try {
    return compileAnchored(pattern)
  } catch (e) {
    throw Object.assign(new QueryError(`invalid regular expression in label_replace(): ${pattern}`), { cause: e })
  }
}
