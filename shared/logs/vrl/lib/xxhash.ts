import { fromHex } from './hex.ts'

const u64 = (n: bigint): bigint => BigInt.asUintN(64, n)
const P32 = [2654435761, 2246822519, 3266489917, 668265263, 374761393] as const
const P1 = 0x9e3779b185ebca87n
const P2 = 0xc2b2ae3d27d4eb4fn
const P3 = 0x165667b19e3779f9n
const P4 = 0x85ebca77c2b2ae63n
const P5 = 0x27d4eb2f165667c5n
const MX1 = 0x165667919e3779f9n
const MX2 = 0x9fb21c651e98df25n

const rotl32 = (n: number, by: number): number => (n << by) | (n >>> (32 - by))
const rotl = (n: bigint, by: bigint): bigint => u64((n << by) | (n >> (64n - by)))

export function xxh32(b: Uint8Array): number {
  const v = new DataView(b.buffer, b.byteOffset, b.length)
  let at = 0
  let h: number
  if (b.length >= 16) {
    const acc = [(P32[0] + P32[1]) | 0, P32[1] | 0, 0, -P32[0] | 0]
    for (; at + 16 <= b.length; at += 16) {
      for (let i = 0; i < 4; i++) acc[i] = Math.imul(rotl32((acc[i]! + Math.imul(v.getUint32(at + 4 * i, true), P32[1])) | 0, 13), P32[0])
    }
    h = (rotl32(acc[0]!, 1) + rotl32(acc[1]!, 7) + rotl32(acc[2]!, 12) + rotl32(acc[3]!, 18)) | 0
  } else h = P32[4] | 0
  h = (h + b.length) | 0
  for (; at + 4 <= b.length; at += 4) h = Math.imul(rotl32((h + Math.imul(v.getUint32(at, true), P32[2])) | 0, 17), P32[3])
  for (; at < b.length; at++) h = Math.imul(rotl32((h + Math.imul(b[at]!, P32[4])) | 0, 11), P32[0])
  h = Math.imul(h ^ (h >>> 15), P32[1])
  h = Math.imul(h ^ (h >>> 13), P32[2])
  return (h ^ (h >>> 16)) >>> 0
}

export function xxh64(b: Uint8Array): bigint {
  const v = new DataView(b.buffer, b.byteOffset, b.length)
  const round = (acc: bigint, lane: bigint): bigint => u64(rotl(u64(acc + lane * P2), 31n) * P1)
  let at = 0
  let h: bigint
  if (b.length >= 32) {
    const acc = [u64(P1 + P2), P2, 0n, u64(-P1)]
    for (; at + 32 <= b.length; at += 32) for (let i = 0; i < 4; i++) acc[i] = round(acc[i]!, v.getBigUint64(at + 8 * i, true))
    h = u64(rotl(acc[0]!, 1n) + rotl(acc[1]!, 7n) + rotl(acc[2]!, 12n) + rotl(acc[3]!, 18n))
    for (const a of acc) h = u64((h ^ round(0n, a)) * P1 + P4)
  } else h = P5
  h = u64(h + BigInt(b.length))
  for (; at + 8 <= b.length; at += 8) h = u64(rotl(h ^ round(0n, v.getBigUint64(at, true)), 27n) * P1 + P4)
  if (at + 4 <= b.length) {
    h = u64(rotl(h ^ u64(BigInt(v.getUint32(at, true)) * P1), 23n) * P2 + P3)
    at += 4
  }
  for (; at < b.length; at++) h = u64(rotl(h ^ u64(BigInt(b[at]!) * P5), 11n) * P1)
  return avalanche64(h)
}

const avalanche64 = (n: bigint): bigint => {
  let h = u64((n ^ (n >> 33n)) * P2)
  h = u64((h ^ (h >> 29n)) * P3)
  return h ^ (h >> 32n)
}
const avalanche = (n: bigint): bigint => {
  const h = u64((n ^ (n >> 37n)) * MX1)
  return h ^ (h >> 32n)
}

/** XXH3's default secret (192 bytes). */
const secret = fromHex(
  'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b532ea371644897a20df94e3819ef46a9deacd8a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e',
)!
const secretView = new DataView(secret.buffer)
const s64 = (at: number): bigint => secretView.getBigUint64(at, true)
const s32 = (at: number): bigint => BigInt(secretView.getUint32(at, true))
const swap32 = (n: bigint): bigint => ((n & 0xffn) << 24n) | ((n & 0xff00n) << 8n) | ((n >> 8n) & 0xff00n) | ((n >> 24n) & 0xffn)
const swap64 = (n: bigint): bigint => (swap32(n & 0xffffffffn) << 32n) | swap32(n >> 32n)
const fold = (a: bigint, b: bigint): bigint => {
  const p = a * b
  return u64(p) ^ (p >> 64n)
}

class Input {
  readonly b: Uint8Array
  private readonly v: DataView
  constructor(b: Uint8Array) {
    this.b = b
    this.v = new DataView(b.buffer, b.byteOffset, b.length)
  }
  u32(at: number): bigint {
    return BigInt(this.v.getUint32(at, true))
  }
  u64(at: number): bigint {
    return this.v.getBigUint64(at, true)
  }
  mix16(at: number, secretAt: number): bigint {
    return fold(this.u64(at) ^ s64(secretAt), this.u64(at + 8) ^ s64(secretAt + 8))
  }
}

export function xxh3of64(bytes: Uint8Array): bigint {
  const x = new Input(bytes)
  const n = bytes.length
  const length = BigInt(n)
  if (n === 0) return avalanche64(s64(56) ^ s64(64))
  if (n <= 3) {
    const combined = (BigInt(bytes[0]!) << 16n) | (BigInt(bytes[n >> 1]!) << 24n) | BigInt(bytes[n - 1]!) | (length << 8n)
    return avalanche64(combined ^ (s32(0) ^ s32(4)))
  }
  if (n <= 8) {
    let h = s64(8) ^ s64(16) ^ (x.u32(n - 4) + (x.u32(0) << 32n))
    h ^= rotl(h, 49n) ^ rotl(h, 24n)
    h = u64(h * MX2)
    h ^= (h >> 35n) + length
    h = u64(h * MX2)
    return h ^ (h >> 28n)
  }
  if (n <= 16) {
    const low = x.u64(0) ^ (s64(24) ^ s64(32))
    const high = x.u64(n - 8) ^ (s64(40) ^ s64(48))
    return avalanche(u64(length + swap64(low) + high + fold(low, high)))
  }
  if (n <= 128) {
    let acc = u64(length * P1)
    for (let i = (n - 1) >> 5; i >= 0; i--) acc = u64(acc + x.mix16(16 * i, 32 * i) + x.mix16(n - 16 * (i + 1), 32 * i + 16))
    return avalanche(acc)
  }
  if (n <= 240) {
    let acc = u64(length * P1)
    for (let i = 0; i < 8; i++) acc = u64(acc + x.mix16(16 * i, 16 * i))
    acc = avalanche(acc)
    for (let i = 8; i < n >> 4; i++) acc = u64(acc + x.mix16(16 * i, 16 * (i - 8) + 3))
    return avalanche(u64(acc + x.mix16(n - 16, 136 - 17)))
  }
  return mergeAccumulators(longAccumulators(x), 11, u64(length * P1))
}

function longAccumulators(x: Input): bigint[] {
  const n = x.b.length
  const acc = [BigInt(P32[2]), P1, P2, P3, P4, BigInt(P32[1]), P5, BigInt(P32[0])]
  const stripe = (at: number, secretAt: number): void => {
    for (let i = 0; i < 8; i++) {
      const value = x.u64(at + 8 * i)
      const key = value ^ s64(secretAt + 8 * i)
      acc[i ^ 1] = u64(acc[i ^ 1]! + value)
      acc[i] = u64(acc[i]! + (key & 0xffffffffn) * (key >> 32n))
    }
  }
  const perBlock = (secret.length - 64) / 8
  const blocks = Math.floor((n - 1) / (64 * perBlock))
  for (let b = 0; b < blocks; b++) {
    for (let i = 0; i < perBlock; i++) stripe(b * 64 * perBlock + 64 * i, 8 * i)
    for (let i = 0; i < 8; i++) acc[i] = u64((acc[i]! ^ (acc[i]! >> 47n) ^ s64(secret.length - 64 + 8 * i)) * BigInt(P32[0]))
  }
  const from = blocks * 64 * perBlock
  const stripes = Math.floor((n - 1 - from) / 64)
  for (let i = 0; i < stripes; i++) stripe(from + 64 * i, 8 * i)
  stripe(n - 64, secret.length - 64 - 7)
  return acc
}

function mergeAccumulators(acc: readonly bigint[], secretAt: number, start: bigint): bigint {
  let h = start
  for (let i = 0; i < 4; i++) h = u64(h + fold(acc[2 * i]! ^ s64(secretAt + 16 * i), acc[2 * i + 1]! ^ s64(secretAt + 16 * i + 8)))
  return avalanche(h)
}

const wide = (high: bigint, low: bigint): bigint => (u64(high) << 64n) | u64(low)

export function xxh3of128(bytes: Uint8Array): bigint {
  const x = new Input(bytes)
  const n = bytes.length
  const length = BigInt(n)
  if (n === 0) return wide(avalanche64(s64(80) ^ s64(88)), avalanche64(s64(64) ^ s64(72)))
  if (n <= 3) {
    const combined = (BigInt(bytes[0]!) << 16n) | (BigInt(bytes[n >> 1]!) << 24n) | BigInt(bytes[n - 1]!) | (length << 8n)
    const swapped = swap32(combined)
    const rotated = ((swapped << 13n) | (swapped >> 19n)) & 0xffffffffn
    return wide(avalanche64(rotated ^ (s32(8) ^ s32(12))), avalanche64(combined ^ (s32(0) ^ s32(4))))
  }
  if (n <= 8) return short8(x, length)
  if (n <= 16) return short16(x, length)
  if (n <= 240) return middle(x, length)
  const acc = longAccumulators(x)
  return wide(mergeAccumulators(acc, secret.length - 64 - 11, u64(~u64(length * P2))), mergeAccumulators(acc, 11, u64(length * P1)))
}

function short8(x: Input, length: bigint): bigint {
  const keyed = (x.u32(0) + (x.u32(Number(length) - 4) << 32n)) ^ (s64(16) ^ s64(24))
  const product = keyed * u64(P1 + (length << 2n))
  let high = product >> 64n
  let low = u64(product)
  high = u64(high + u64(low << 1n))
  low ^= high >> 3n
  low = u64((low ^ (low >> 35n)) * MX2)
  low ^= low >> 28n
  return wide(avalanche(high), low)
}

function short16(x: Input, length: bigint): bigint {
  const n = Number(length)
  const flipLow = s64(32) ^ s64(40)
  const flipHigh = s64(48) ^ s64(56)
  let inputHigh = x.u64(n - 8)
  const product = (x.u64(0) ^ inputHigh ^ flipLow) * P1
  let low = u64(u64(product) + ((length - 1n) << 54n))
  let high = product >> 64n
  inputHigh ^= flipHigh
  high = u64(high + inputHigh + (inputHigh & 0xffffffffn) * (BigInt(P32[1]) - 1n))
  low ^= swap64(high)
  const second = low * P2
  return wide(avalanche(u64((second >> 64n) + high * P2)), avalanche(u64(second)))
}

function middle(x: Input, length: bigint): bigint {
  const n = Number(length)
  let low = u64(length * P1)
  let high = 0n
  const mix32 = (a: number, b: number, secretAt: number): void => {
    low = u64(low + x.mix16(a, secretAt)) ^ u64(x.u64(b) + x.u64(b + 8))
    high = u64(high + x.mix16(b, secretAt + 16)) ^ u64(x.u64(a) + x.u64(a + 8))
  }
  if (n <= 128) for (let i = (n - 1) >> 5; i >= 0; i--) mix32(16 * i, n - 16 * (i + 1), 32 * i)
  else {
    for (let i = 0; i < 4; i++) mix32(32 * i, 32 * i + 16, 32 * i)
    low = avalanche(low)
    high = avalanche(high)
    for (let i = 4; i < n >> 5; i++) mix32(32 * i, 32 * i + 16, 3 + 32 * (i - 4))
    // the last 32 bytes, their secret counted back from byte 136
    const at = 136 - 17 - 16
    low = u64(low + x.mix16(n - 16, at)) ^ u64(x.u64(n - 32) + x.u64(n - 24))
    high = u64(high + x.mix16(n - 32, at + 16)) ^ u64(x.u64(n - 16) + x.u64(n - 8))
  }
  const mixed = u64(low * P1 + high * P4 + length * P2)
  return wide(u64(-avalanche(mixed)), avalanche(u64(low + high)))
}
