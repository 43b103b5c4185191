import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { ipText } from '../lib/ip.ts'
import { fail, type Int, toBig } from '../value.ts'

export const ip_ntoa = define({
  name: 'ip_ntoa',
  summary: 'The IPv4 address a number stands for.',
  parameters: [required('value', kind.integer)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Int) => {
    const n = toBig(value)
    return n < 0n || n > 0xffffffffn ? fail('cannot convert to bytes: integer does not fit in u32') : ipText({ bits: 32, n })
  },
  example: { source: 'ip_ntoa!(16777217)', result: '1.0.0.1' },
})
