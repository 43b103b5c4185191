import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { crcAlgorithm, crcNames, crcOf } from '../lib/crc.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text, toBytes } from '../value.ts'

export const crc = define({
  name: 'crc',
  summary: 'The cyclic redundancy check of bytes, as decimal text.',
  parameters: [textValue, optional('algorithm', kind.bytes, crcNames)],
  returns: kind.bytes,
  fails: (call) => {
    const name = call.constant('algorithm')
    return call.arg('algorithm') !== undefined && !(typeof name === 'string' && crcAlgorithm(name.toUpperCase()) !== undefined)
  },
  run: (_, value: Text, algorithm: Text = 'CRC_32_ISO_HDLC') => {
    const name = text(algorithm).toUpperCase()
    const c = crcAlgorithm(name) ?? fail(`Invalid CRC algorithm: ${name}`)
    return crcOf(toBytes(value), c).toString()
  },
  example: { source: 'crc("123456789")', result: '3421780262' },
})
