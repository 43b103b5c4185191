import { define } from '../define.ts'
import { parseJsonBytes } from '../json.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { Failure, type Fields, fail, field, isObject, type Text, Timestamp, text, type Value } from '../value.ts'

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
    const m = parsed(value)
    if (!isObject(m)) return fail('unable to parse: invalid type')
    const lines = text(value).trimEnd().split('\n')
    const end = ` at line ${lines.length} column ${lines.at(-1)!.length}`
    return {
      owner: member(m, 'owner', end),
      message_type: member(m, 'messageType', end),
      log_group: member(m, 'logGroup', end),
      log_stream: member(m, 'logStream', end),
      subscription_filters: member(m, 'subscriptionFilters', end),
      log_events: events(member(m, 'logEvents', end)),
    }
  },
  example: {
    source:
      'parse_aws_cloudwatch_log_subscription_message!(s\'{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":[],"logEvents":[]}\').log_group',
    result: 'g',
  },
})

const member = (o: Fields, name: string, end = ''): Value => field(o, name) ?? fail(`unable to parse: missing field \`${name}\`${end}`)

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

function parsed(value: Text): Value {
  try {
    return parseJsonBytes(value)
  } catch (e) {
    if (e instanceof Failure) throw new Failure(e.message.replace('unable to parse json', 'unable to parse'))
    throw e
  }
}
