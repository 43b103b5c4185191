import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { absent } from '../lib/edge.ts'
import { textValue } from '../lib/parameters.ts'

const question = kind.record({ class: kind.bytes, domainName: kind.bytes, questionType: kind.bytes, questionTypeId: kind.integer })

export const dns_lookup = define({
  name: 'dns_lookup',
  summary: 'Looks a name up in the DNS, which programs at the edge cannot: fails.',
  parameters: [textValue, optional('qtype', kind.bytes), optional('class', kind.bytes), optional('options', kind.anyObject)],
  returns: kind.record({
    fullRcode: kind.integer,
    rcodeName: kind.orNull(kind.bytes),
    answers: kind.arrayOf(kind.anyObject),
    additional: kind.arrayOf(kind.anyObject),
    authority: kind.arrayOf(kind.anyObject),
    header: kind.anyObject,
    question: kind.arrayOf(question),
  }),
  fails: true,
  run: absent('DNS'),
  example: { source: 'dns_lookup("example.com") ?? null', result: null },
})
