import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_aws_alb_log } from './parse_aws_alb_log.ts'

test.each([['parse_aws_alb_log!("nonsense")', 'error: failed to get field `timestamp`: Parsing Error: ("", Char)']])(
  '%s',
  (source, expected) => {
    expect(evaluate([parse_aws_alb_log], source)).toBe(expected)
  },
)
