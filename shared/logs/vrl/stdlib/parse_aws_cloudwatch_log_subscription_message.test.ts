import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { parse_aws_cloudwatch_log_subscription_message } from './parse_aws_cloudwatch_log_subscription_message.ts'

test.each([
  [
    `parse_aws_cloudwatch_log_subscription_message!(s'{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"7","timestamp":1777982400123,"message":"hi"}]}')`,
    '{"log_events":[{"id":"7","message":"hi","timestamp":"2026-05-05T12:00:00.123Z"}],"log_group":"g","log_stream":"s","message_type":"DATA_MESSAGE","owner":"1","subscription_filters":["f"]}',
  ],
  ['parse_aws_cloudwatch_log_subscription_message!("{}")', 'error: unable to parse: missing field `owner` at line 1 column 2'],
])('%s', (source, expected) => {
  expect(evaluate([parse_aws_cloudwatch_log_subscription_message], source)).toBe(expected)
})
