import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { integer, type Text, toBytes } from '../value.ts'

const P = 0x6eed0e9da4d94a4fn
const u64 = (n: bigint): bigint => BigInt.asUintN(64, n)

const diffuse = (n: bigint): bigint => {
  let x = u64(n * P)
  const a = x >> 32n
  const b = x >> 60n
  x ^= a >> b
  return u64(x * P)
}

export const seahash = define({
  name: 'seahash',
  summary: 'The SeaHash of bytes, as a signed integer.',
  parameters: [textValue],
  returns: kind.integer,
  run: (_, value: Text) => {
    const b = toBytes(value)
    const lanes = [0x16f11fe89b0d677cn, 0xb480a793d8e6c86cn, 0x6fe2e5aaf078ebc9n, 0x14f994a4c5259381n]
    for (let at = 0, lane = 0; at < b.length; at += 8, lane = (lane + 1) % 4) {
      let word = 0n
      for (let i = Math.min(8, b.length - at) - 1; i >= 0; i--) word = (word << 8n) | BigInt(b[at + i]!)
      lanes[lane] = diffuse(lanes[lane]! ^ word)
    }
    return integer(BigInt.asIntN(64, diffuse(lanes[0]! ^ lanes[1]! ^ lanes[2]! ^ lanes[3]! ^ BigInt(b.length))))
  },
  example: { source: 'is_integer(seahash("a"))', result: true },
})
