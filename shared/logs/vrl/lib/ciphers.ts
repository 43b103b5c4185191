import { aessiv, cbc, cfb, ecb } from '@noble/ciphers/aes.js'
import { chacha20poly1305, xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { fail } from '../value.ts'

type Transform = (input: Uint8Array, key: Uint8Array, iv: Uint8Array, decrypt: boolean, random: () => number) => Uint8Array

interface Cipher {
  readonly key: number
  readonly iv: number
  readonly transform: Transform
}

const block = (key: Uint8Array, b: Uint8Array): Uint8Array => ecb(key, { disablePadding: true }).encrypt(b)

/** Output feedback: the key stream is the cipher run over itself. */
const ofb: Transform = (input, key, iv) => {
  let stream = iv
  return input.map((x, i) => {
    if (i % 16 === 0) stream = block(key, stream)
    return x ^ stream[i % 16]!
  })
}

/** Counter mode whose counter is the first (little-endian) or last (big-endian) 64 bits of the IV. */
const ctr =
  (little: boolean): Transform =>
  (input, key, iv) => {
    let stream: Uint8Array = iv
    const start = new DataView(iv.buffer, iv.byteOffset, 16).getBigUint64(little ? 0 : 8, little)
    return input.map((x, i) => {
      if (i % 16 === 0) {
        const b = Uint8Array.from(iv)
        new DataView(b.buffer).setBigUint64(little ? 0 : 8, BigInt.asUintN(64, start + BigInt(i / 16)), little)
        stream = block(key, b)
      }
      return x ^ stream[i % 16]!
    })
  }

type Pad = { readonly add: (n: number, random: () => number) => number[]; readonly strip: (b: Uint8Array) => number }
const badPadding = (): never => fail('Invalid padding')
const lastByte = (b: Uint8Array): number => {
  const n = b[b.length - 1] ?? 0
  return n < 1 || n > 16 || n > b.length ? badPadding() : n
}
const pads: Record<string, Pad> = {
  PKCS7: {
    add: (n) => Array<number>(n).fill(n),
    strip: (b) => (b.subarray(b.length - lastByte(b)).every((x) => x === lastByte(b)) ? lastByte(b) : badPadding()),
  },
  ANSIX923: {
    add: (n) => [...Array<number>(n - 1).fill(0), n],
    strip: (b) => (b.subarray(b.length - lastByte(b), b.length - 1).every((x) => x === 0) ? lastByte(b) : badPadding()),
  },
  ISO7816: {
    add: (n) => [0x80, ...Array<number>(n - 1).fill(0)],
    strip: (b) => {
      let at = b.length - 1
      while (at >= 0 && b[at] === 0) at--
      return b[at] === 0x80 ? b.length - at : badPadding()
    },
  },
  ISO10126: { add: (n, random) => [...Array.from({ length: n - 1 }, () => Math.floor(random() * 256)), n], strip: lastByte },
}

const chained =
  (pad: Pad): Transform =>
  (input, key, iv, decrypt, random) => {
    const cipher = cbc(key, iv, { disablePadding: true })
    if (!decrypt) return cipher.encrypt(Uint8Array.from([...input, ...pad.add(16 - (input.length % 16), random)]))
    if (input.length === 0 || input.length % 16 !== 0) return fail('Invalid input')
    const out = cipher.decrypt(input)
    return out.subarray(0, out.length - pad.strip(out))
  }

const sealed =
  (
    make: (key: Uint8Array, nonce: Uint8Array) => { encrypt: (b: Uint8Array) => Uint8Array; decrypt: (b: Uint8Array) => Uint8Array },
  ): Transform =>
  (input, key, iv, decrypt) => {
    const cipher = make(key, iv)
    try {
      return decrypt ? cipher.decrypt(input) : cipher.encrypt(input)
    } catch {
      return fail('Invalid input')
    }
  }

/** RFC 5297 with a nonce: the associated data, none here, comes before it. */
const NO_DATA = new Uint8Array(0)

/** Every algorithm of `encrypt` and `decrypt` by its name. */
export const ciphers: Readonly<Record<string, Cipher>> = {
  ...Object.fromEntries(
    [128, 192, 256].flatMap((bits) => {
      const sized = (transform: Transform): Cipher => ({ key: bits / 8, iv: 16, transform })
      return [
        [`AES-${bits}-CFB`, sized((input, key, iv, decrypt) => (decrypt ? cfb(key, iv).decrypt(input) : cfb(key, iv).encrypt(input)))],
        [`AES-${bits}-OFB`, sized(ofb)],
        [`AES-${bits}-CTR`, sized(ctr(true))],
        [`AES-${bits}-CTR-LE`, sized(ctr(true))],
        [`AES-${bits}-CTR-BE`, sized(ctr(false))],
        ...Object.entries(pads).map(([name, pad]) => [`AES-${bits}-CBC-${name}`, sized(chained(pad))] as const),
      ]
    }),
  ),
  'AES-128-SIV': { key: 32, iv: 16, transform: sealed((key, nonce) => aessiv(key, NO_DATA, nonce)) },
  'AES-256-SIV': { key: 64, iv: 16, transform: sealed((key, nonce) => aessiv(key, NO_DATA, nonce)) },
  'CHACHA20-POLY1305': { key: 32, iv: 12, transform: sealed((key, nonce) => chacha20poly1305(key, nonce)) },
  'XCHACHA20-POLY1305': { key: 32, iv: 24, transform: sealed((key, nonce) => xchacha20poly1305(key, nonce)) },
  'XSALSA20-POLY1305': { key: 32, iv: 24, transform: sealed((key, nonce) => xsalsa20poly1305(key, nonce)) },
}

export function cipherOrFail(name: string, key: Uint8Array, iv: Uint8Array): Cipher {
  const upper = name.toUpperCase()
  const cipher = Object.hasOwn(ciphers, upper) ? ciphers[upper]! : fail(`Invalid algorithm: ${upper}`)
  if (key.length !== cipher.key) return fail(`Invalid key size. Expected ${cipher.key} bytes. Found ${key.length} bytes`)
  return iv.length === cipher.iv ? cipher : fail(`Invalid iv size. Expected ${cipher.iv} bytes. Found ${iv.length} bytes`)
}

/** One AES block, for the schemes built on it. */
export const aesBlock = (key: Uint8Array, b: Uint8Array, decrypt = false): Uint8Array =>
  decrypt ? ecb(key, { disablePadding: true }).decrypt(b) : block(key, b)
