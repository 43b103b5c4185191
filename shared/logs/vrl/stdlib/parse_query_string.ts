import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { queryParameters } from '../lib/query-string.ts'
import { type Text, text } from '../value.ts'

export const parse_query_string = define({
  name: 'parse_query_string',
  summary: 'The parameters of a query string; repeated ones become arrays.',
  parameters: [textValue],
  returns: kind.anyObject,
  run: (_, value: Text) => queryParameters(text(value).replace(/^\?/, '')),
  example: { source: 'parse_query_string("a=1&b=2&b=3")', result: { a: '1', b: ['2', '3'] } },
})
