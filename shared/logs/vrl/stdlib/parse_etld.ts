import { invalidArgument, notStatic } from '../bad-argument.ts'
import { guarded } from '../call-code.ts'
import { type Call, define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { published, readSuffixes, type Suffixes } from '../lib/etld.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Int, isString, text, toNumber } from '../value.ts'

export const parse_etld = define({
  name: 'parse_etld',
  summary: 'The public suffix of a domain name, with more labels on request.',
  parameters: [textValue, optional('plus_parts', kind.integer), optional('psl', kind.bytes)],
  returns: kind.record({ etld: kind.bytes, etld_plus: kind.bytes, known_suffix: kind.boolean }),
  fails: true,
  prepare: (call) => {
    const suffixes = chosen(call)
    const { run: value } = call.arg('value')!
    const parts = call.arg('plus_parts')
    const plus = parts && guarded(parts, optional('plus_parts', kind.integer))
    return (run) => {
      const v = value(run)
      if (!isString(v)) return wrongType('string', v)
      const more = Math.max(0, plus ? toNumber(plus(run) as Int) : 0)
      const labels = text(v).toLowerCase().replace(/\.$/, '').split('.')
      if (labels.some((l) => l === '')) return fail(`unable to determine eTLD for ${text(v)}`)
      const { length, known } = suffixes.of(labels)
      return { etld: labels.slice(-length).join('.'), etld_plus: labels.slice(-(length + more)).join('.'), known_suffix: known }
    }
  },
  example: { source: 'parse_etld!("a.b.co.uk", plus_parts: 1).etld_plus', result: 'b.co.uk' },
})

function chosen(call: Call): Suffixes {
  const given = call.arg('psl')
  if (given && given.constant === undefined) return notStatic('psl', given)
  const name = given?.constant
  if (name === undefined || !isString(name)) {
    const whole = call.file('public_suffix_list.dat')
    return (typeof whole === 'string' && readSuffixes(whole)) || published
  }
  const list = call.file(text(name))
  if (typeof list !== 'string') return invalidArgument('psl', name, 'Unable to read psl file')
  return readSuffixes(list) ?? invalidArgument('psl', name, 'Unable to parse psl file')
}
