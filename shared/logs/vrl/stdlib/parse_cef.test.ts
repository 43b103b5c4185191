import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_cef } from './parse_cef.ts'

test.each([
  [
    'parse_cef!("CEF:0|Acme|Door|1.0|100|opened|3|src=10.0.0.1 msg=all is well")',
    '{"cefVersion":"0","deviceEventClassId":"100","deviceProduct":"Door","deviceVendor":"Acme","deviceVersion":"1.0","msg":"all is well","name":"opened","severity":"3","src":"10.0.0.1"}',
  ],
  [
    'parse_cef!("CEF:0|Acme|Door|1.0|100|opened|3|cs1Label=who cs1=ada", translate_custom_fields: true)',
    '{"cefVersion":"0","deviceEventClassId":"100","deviceProduct":"Door","deviceVendor":"Acme","deviceVersion":"1.0","name":"opened","severity":"3","who":"ada"}',
  ],
  ['parse_cef!("nonsense")', 'error: 0: at line 1, in TakeUntil:\nnonsense\n^\n\n'],
])('%s', (source, expected) => {
  expect(evaluate([parse_cef], source)).toBe(expected)
})
