import { literal } from '../bad-argument.ts'
import { BadArgument, define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { cachedGrok, compileGrok, type Grok, grokMatch } from '../lib/grok.ts'
import { textValue } from '../lib/parameters.ts'
import { Failure, fail, isString, type Text, text } from '../value.ts'

export const parse_grok = define({
  name: 'parse_grok',
  summary: 'The fields that a grok pattern finds in text.',
  parameters: [textValue, required('pattern', kind.bytes)],
  returns: kind.anyObject,
  fails: true,
  prepare: (call) => {
    const pattern = literal(call, 'pattern')
    if (pattern === undefined || !isString(pattern)) return undefined
    const grok = compiled(text(pattern))
    const { run: value } = call.arg('value')!
    return (run) => {
      const v = value(run)
      return isString(v) ? (grokMatch(text(v), grok) ?? fail('unable to parse input with grok pattern')) : wrongType('string', v)
    }
  },
  run: (_, value: Text, pattern: Text) =>
    grokMatch(text(value), cachedGrok(text(pattern))) ?? fail('unable to parse input with grok pattern'),
  example: { source: 'parse_grok!("web 404", "%{HOSTNAME:host} %{INT:status}")', result: { host: 'web', status: '404' } },
})

function compiled(pattern: string): Grok {
  if (pattern === '') return refused('The given pattern "" ended up compiling into an empty regex')
  try {
    return compileGrok(pattern)
  } catch (e) {
    if (e instanceof Failure) return refused(e.message)
    throw e
  }
}

function refused(why: string): never {
  throw new BadArgument(112, why, [`grok pattern error: ${why}`])
}
