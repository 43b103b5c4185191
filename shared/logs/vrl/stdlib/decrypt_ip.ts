import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { cryptIp, ipModes } from '../lib/ipcrypt.ts'
import { lately } from '../lib/parameters.ts'
import { type Text, text, type Value } from '../value.ts'

export const decrypt_ip = define({
  name: 'decrypt_ip',
  summary: 'The address that `encrypt_ip` hid.',
  parameters: [required('ip', kind.bytes), lately(required('key', kind.bytes)), lately(required('mode', kind.bytes, ipModes))],
  returns: kind.bytes,
  fails: true,
  run: (_, ip: Text, key: Value, mode: Value) => cryptIp(text(ip), key, mode, true),
  example: {
    source: 'decrypt_ip!(encrypt_ip!("10.1.2.3", "sixteen byte key", "aes128"), "sixteen byte key", "aes128")',
    result: '10.1.2.3',
  },
})
