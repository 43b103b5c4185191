import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { xxh3of64, xxh3of128, xxh32, xxh64 } from '../lib/xxhash.ts'
import { fail, integer, isString, type Text, text, toBytes } from '../value.ts'

const variants = ['XXH32', 'XXH64', 'XXH3-64', 'XXH3-128'] as const

export const xxhash = define({
  name: 'xxhash',
  summary: 'The xxHash of bytes; 64-bit ones as signed integers, 128-bit ones as decimal text.',
  parameters: [textValue, optional('variant', kind.bytes, variants)],
  returns: kind.scalars(kind.scalar.bytes | kind.scalar.integer),
  fails: (call) => {
    const variant = call.constant('variant')
    return (
      call.arg('variant') !== undefined &&
      !(variant !== undefined && isString(variant) && variants.includes(text(variant).toUpperCase() as 'XXH32'))
    )
  },
  run: (_, value: Text, variant: Text = 'XXH32') => {
    const b = toBytes(value)
    switch (text(variant).toUpperCase()) {
      case 'XXH32':
        return xxh32(b)
      case 'XXH64':
        return integer(BigInt.asIntN(64, xxh64(b)))
      case 'XXH3-64':
        return integer(BigInt.asIntN(64, xxh3of64(b)))
      case 'XXH3-128':
        return xxh3of128(b).toString()
      default:
        return fail("Variant must be either 'XXH32', 'XXH64', 'XXH3-64', or 'XXH3-128'")
    }
  },
  example: { source: 'xxhash("a")', result: 1426945110 },
})
