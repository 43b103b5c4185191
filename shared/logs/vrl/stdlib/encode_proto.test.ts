import { expect, test } from 'vitest'
import { evaluate, personDescriptors } from '../testing.ts'
import { encode_base16 } from './encode_base16.ts'
import { encode_proto } from './encode_proto.ts'

test.each([
  [
    'encode_base16(encode_proto!({ "name": "Ada", "id": 7, "phones": [{ "number": "1" }] }, "person.desc", "test_protobuf.v1.Person"))',
    '"0a03416461100722030a0131"',
  ],
  [
    'encode_proto!({}, "nowhere.desc", "Person")',
    `E610 invalid argument "desc_file"; received: "nowhere.desc"; error: Failed to open protobuf desc file 'nowhere.desc': No such file or directory (os error 2)`,
  ],
])('%s', (source, expected) => {
  expect(evaluate([encode_proto, encode_base16], source, { options: { files: { 'person.desc': personDescriptors() } } })).toBe(expected)
})
