import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { parseVpcFlow, vpcDefault, vpcKind } from '../lib/aws.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const parse_aws_vpc_flow_log = define({
  name: 'parse_aws_vpc_flow_log',
  summary: 'The fields of a line of a VPC flow log, in the default or another column order.',
  parameters: [textValue, optional('format', kind.bytes)],
  returns: (call) => {
    if (call.arg('format') === undefined) return vpcKind(vpcDefault)
    const format = call.constant('format')
    return typeof format === 'string' ? vpcKind(format) : kind.anyObject
  },
  fails: true,
  run: (_, value: Text, format: Text = vpcDefault) => parseVpcFlow(text(value), text(format)),
  example: { source: 'parse_aws_vpc_flow_log!("10.0.0.1 80", "srcaddr srcport").srcport', result: 80 },
})
