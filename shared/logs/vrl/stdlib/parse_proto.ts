import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { textValue } from '../lib/parameters.ts'
import { protoOf } from '../lib/proto-call.ts'
import { decodeMessage } from '../lib/protobuf.ts'
import { isString, toBytes } from '../value.ts'

export const parse_proto = define({
  name: 'parse_proto',
  summary: 'The fields of a protocol buffer message, by a descriptor file the host provides.',
  parameters: [textValue, required('desc_file', kind.bytes), required('message_type', kind.bytes)],
  returns: kind.anyObject,
  fails: true,
  prepare: (call) => {
    const { schema, type } = protoOf(call)
    const { run: value } = call.arg('value')!
    return (run) => {
      const v = value(run)
      return isString(v) ? decodeMessage(toBytes(v), type, schema) : wrongType('string', v)
    }
  },
  example: { source: 'parse_proto!("", "person.desc", "test_protobuf.v1.Person")', result: {} },
})
