import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { protoOf } from '../lib/proto-call.ts'
import { encodeMessage } from '../lib/protobuf-encode.ts'
import { bytes, isObject } from '../value.ts'

export const encode_proto = define({
  name: 'encode_proto',
  summary: 'An object as a protocol buffer message, by a descriptor file the host provides.',
  parameters: [
    required('value', kind.any),
    required('desc_file', kind.bytes),
    required('message_type', kind.bytes),
    optional('allow_lossy_string_coercion', kind.boolean),
  ],
  returns: kind.bytes,
  fails: true,
  prepare: (call) => {
    const { schema, type } = protoOf(call)
    const { run: value } = call.arg('value')!
    const lossy = call.arg('allow_lossy_string_coercion')?.run
    return (run) => {
      const v = value(run)
      return isObject(v) ? bytes(encodeMessage(v, type, schema, lossy === undefined || lossy(run) === true)) : wrongType('object', v)
    }
  },
  example: { source: 'encode_proto!({}, "person.desc", "test_protobuf.v1.Person")', result: '' },
})
