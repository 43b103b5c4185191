import { expect, test } from 'vitest'
import { evaluate, personDescriptors } from '../testing.ts'
import { decode_base16 } from './decode_base16.ts'
import { parse_proto } from './parse_proto.ts'

test.each([
  [
    'parse_proto!(decode_base16!("0a0341646110072203" + "0a0131"), "person.desc", "test_protobuf.v1.Person")',
    '{"id":7,"name":"Ada","phones":[{"number":"1"}]}',
  ],
  ['parse_proto!("not proto", "person.desc", "test_protobuf.v1.Person")', 'error: Error parsing protobuf: invalid payload'],
])('%s', (source, expected) => {
  expect(evaluate([parse_proto, decode_base16], source, { options: { files: { 'person.desc': personDescriptors() } } })).toBe(expected)
})
