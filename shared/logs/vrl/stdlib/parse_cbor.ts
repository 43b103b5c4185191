import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { parseCbor } from '../lib/cbor.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, toBytes } from '../value.ts'

export const parse_cbor = define({
  name: 'parse_cbor',
  summary: 'The value that CBOR bytes stand for.',
  parameters: [textValue],
  returns: kind.or({ scalars: 0, array: kind.jsonOf, object: kind.jsonOf }, kind.json.scalars & ~kind.scalar.undefined),
  fails: true,
  run: (_, value: Text) => parseCbor(toBytes(value)),
  example: { source: 'parse_cbor!(decode_base16!("a1616101"))', result: { a: 1 } },
})
