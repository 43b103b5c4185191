import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { parseAlb } from '../lib/aws.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const parse_aws_alb_log = define({
  name: 'parse_aws_alb_log',
  summary: 'The fields of a line of an AWS load balancer access log.',
  parameters: [textValue, optional('strict_mode', kind.boolean)],
  returns: kind.anyObject,
  fails: true,
  run: (_, value: Text) => parseAlb(text(value)),
  example: {
    source:
      'parse_aws_alb_log!(s\'http 2024-05-06T07:08:09.123456Z app/lb/1 10.0.0.1:1000 - 0.0 0.1 0.0 200 - 34 366 "GET http://a/ HTTP/1.1" "curl" - - arn "Root=1" "-" "-" 0 2024-05-06T07:08:09.0Z "forward" "-" "-" "-" "-" "-" "-"\').request_method',
    result: 'GET',
  },
})
