import { define } from '../define.ts'
import { parseJsonBytes } from '../json.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Fields, fail, field, isObject, type Text, Timestamp, type Value } from '../value.ts'

export const parse_aws_cloudwatch_log_subscription_message = define({
  name: 'parse_aws_cloudwatch_log_subscription_message',
  summary: 'The fields of a CloudWatch Logs subscription message.',
  parameters: [textValue],
  returns: kind.record({
    owner: kind.bytes,
    message_type: kind.bytes,
    log_group: kind.bytes,
    log_stream: kind.bytes,
    subscription_filters: kind.arrayOf(kind.bytes),
    log_events: kind.arrayOf(kind.record({ id: kind.bytes, timestamp: kind.timestamp, message: kind.bytes })),
  }),
  fails: true,
  run: (_, value: Text) => {
    const m = parseJsonBytes(value)
    if (!isObject(m)) return fail('unable to parse: invalid type')
    return {
      owner: member(m, 'owner'),
      message_type: member(m, 'messageType'),
      log_group: member(m, 'logGroup'),
      log_stream: member(m, 'logStream'),
      subscription_filters: member(m, 'subscriptionFilters'),
      log_events: events(member(m, 'logEvents')),
    }
  },
  example: {
    source:
      'parse_aws_cloudwatch_log_subscription_message!(s\'{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":[],"logEvents":[]}\').log_group',
    result: 'g',
  },
})

const member = (o: Fields, name: string): Value => field(o, name) ?? fail(`unable to parse: missing field \`${name}\``)

function events(v: Value): Value {
  if (!Array.isArray(v)) return fail('unable to parse: invalid type')
  return v.map((e) => {
    if (!isObject(e)) return fail('unable to parse: invalid type')
    const at = member(e, 'timestamp')
    return {
      id: member(e, 'id'),
      timestamp: typeof at === 'number' ? new Timestamp(at) : fail('unable to parse: invalid timestamp'),
      message: member(e, 'message'),
    }
  })
}
