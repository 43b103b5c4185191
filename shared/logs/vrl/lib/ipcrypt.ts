import { fail, type Value } from '../value.ts'
import { aesBlock } from './ciphers.ts'
import { fromHex, toHex } from './hex.ts'
import { type Ip, ipBytes, ipFromBytes, ipOrFail, ipText } from './ip.ts'
import { lateBytes, lateText } from './parameters.ts'

const mapped = (ip: Ip): Uint8Array => ipBytes(ip.bits === 128 ? ip : { bits: 128, n: (0xffffn << 32n) | ip.n })
const unmapped = (b: Uint8Array): Ip => {
  const ip = ipFromBytes(b)
  return ip.n >> 32n === 0xffffn ? { bits: 32, n: ip.n & 0xffffffffn } : ip
}

/** ipcrypt-deterministic: one AES block over the 16-byte form. */
const whole = (ip: Ip, key: Uint8Array, decrypt: boolean): Ip => unmapped(aesBlock(key, mapped(ip), decrypt))

/** ipcrypt-pfx: bit by bit, each masked by a bit that only the prefix before it decides. */
function prefixed(ip: Ip, key: Uint8Array, decrypt: boolean): Ip {
  const [k1, k2] = [key.subarray(0, 16), key.subarray(16)]
  if (k1.every((x, i) => x === k2[i])) return fail('key halves must differ')
  const source = BigInt(`0x${toHex(mapped(ip))}`)
  const start = ip.bits === 32 ? 96 : 0
  let prefix = start === 96 ? (1n << 96n) | 0xffffn : 1n
  let out = start === 96 ? (source >> 32n) << 32n : 0n
  for (let bit = start; bit < 128; bit++) {
    const padded = fromHex(BigInt.asUintN(128, prefix).toString(16).padStart(32, '0'))!
    const mask = BigInt((aesBlock(k1, padded)[15]! ^ aesBlock(k2, padded)[15]!) & 1)
    const at = BigInt(127 - bit)
    const given = (source >> at) & 1n
    const made = given ^ mask
    out |= made << at
    prefix = (prefix << 1n) | (decrypt ? made : given)
  }
  return ip.bits === 32 ? { bits: 32, n: out & 0xffffffffn } : { bits: 128, n: out }
}

const modes: Record<string, { readonly key: number; readonly apply: (ip: Ip, key: Uint8Array, decrypt: boolean) => Ip }> = {
  aes128: { key: 16, apply: whole },
  pfx: { key: 32, apply: prefixed },
}
export const ipModes = Object.keys(modes)

export function cryptIp(ip: string, keyValue: Value, modeValue: Value, decrypt: boolean): string {
  const address = ipOrFail(ip)
  const key = lateBytes(keyValue)
  const mode = lateText(modeValue)
  const m = Object.hasOwn(modes, mode) ? modes[mode]! : fail(`Invalid mode '${mode}'. Must be 'aes128' or 'pfx'`)
  if (key.length !== m.key) return fail(`${mode} mode requires a ${m.key}-byte key for IPv${address.bits === 32 ? 4 : 6}`)
  return ipText(m.apply(address, key, decrypt))
}
