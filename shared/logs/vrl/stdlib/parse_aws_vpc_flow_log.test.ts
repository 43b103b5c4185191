import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_aws_vpc_flow_log } from './parse_aws_vpc_flow_log.ts'

test.each([
  [
    'parse_aws_vpc_flow_log!("2 123456789010 eni-1 10.0.0.1 10.0.0.2 443 50000 6 10 840 1777982400 1777982460 ACCEPT OK")',
    '{"account_id":"123456789010","action":"ACCEPT","bytes":840,"dstaddr":"10.0.0.2","dstport":50000,"end":1777982460,"interface_id":"eni-1","log_status":"OK","packets":10,"protocol":6,"srcaddr":"10.0.0.1","srcport":443,"start":1777982400,"version":2}',
  ],
  ['parse_aws_vpc_flow_log!("eni-1 - 22", format: "interface_id srcaddr dstport")', '{"dstport":22,"interface_id":"eni-1","srcaddr":null}'],
  ['parse_aws_vpc_flow_log!("2 3")', 'error: no item for key: `interface_id`'],
])('%s', (source, expected) => {
  expect(evaluate([parse_aws_vpc_flow_log], source)).toBe(expected)
})
