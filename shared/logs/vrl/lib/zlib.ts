import type { Call } from '../define.ts'
import { fail, type Int, isInteger, toNumber } from '../value.ts'
import { crcAlgorithm, crcOf } from './crc.ts'
import { adler32, deflateStored, inflateRaw } from './inflate.ts'

/** The parts of node:zlib in use. */
interface Zlib {
  deflateRawSync(b: Uint8Array, options: { level: number }): Uint8Array
  deflateSync(b: Uint8Array, options: { level: number }): Uint8Array
  gunzipSync(b: Uint8Array, options: { maxOutputLength: number }): Uint8Array
  inflateSync(b: Uint8Array, options: { maxOutputLength: number }): Uint8Array
  zstdDecompressSync?(b: Uint8Array, options: { maxOutputLength: number }): Uint8Array
}

/** What one value may grow to when it is decompressed. */
const outputMax = 16 * 1024 * 1024

/** Asked for when first needed: Node and workerd have it; in a browser the parts below stand in. */
function zlib(): Zlib {
  const host = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process
  const found = host?.getBuiltinModule?.('node:zlib') as Zlib | undefined
  return found ?? standIn
}

/** Reads all there is and compresses nothing; zstd it has not. */
export const standIn: Zlib = {
  deflateRawSync: (b) => deflateStored(b),
  deflateSync: (b) => {
    const body = deflateStored(b)
    const out = new Uint8Array(body.length + 6)
    out.set([0x78, 0x01])
    out.set(body, 2)
    new DataView(out.buffer).setUint32(body.length + 2, adler32(b))
    return out
  },
  inflateSync: (b, { maxOutputLength }) => {
    if ((b[0]! & 15) !== 8 || ((b[0]! << 8) | b[1]!) % 31 !== 0 || b[1]! & 0x20) throw new RangeError('no zlib')
    const { out, used } = inflateRaw(b.subarray(2), maxOutputLength)
    if (view(b).getUint32(2 + used) !== adler32(out)) throw new RangeError('checksum')
    return out
  },
  gunzipSync: (b, { maxOutputLength }) => {
    const at = gzipBody(b)
    const { out, used } = inflateRaw(b.subarray(at), maxOutputLength)
    if (view(b).getUint32(at + used, true) !== checksum(out)) throw new RangeError('checksum')
    return out
  },
}

const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)
const checksum = (b: Uint8Array): number => Number(crcOf(b, crcAlgorithm('CRC_32_ISO_HDLC')!))

/** Where the body of a gzip member begins (RFC 1952 §2.3). */
function gzipBody(b: Uint8Array): number {
  if (b[0] !== 0x1f || b[1] !== 0x8b || b[2] !== 8) throw new RangeError('no gzip')
  const flags = b[3]!
  let at = 10
  if (flags & 4) at += 2 + view(b).getUint16(at, true)
  for (const named of [8, 16]) if (flags & named) at = b.indexOf(0, at) + 1 || b.length
  return flags & 2 ? at + 2 : at
}

function attempt(what: string, f: (z: Zlib) => Uint8Array): Uint8Array {
  const z = zlib()
  try {
    return new Uint8Array(f(z))
  } catch {
    return fail(`unable to decode value with ${what} decoder`)
  }
}

export const gunzip = (b: Uint8Array): Uint8Array => attempt('Gzip', (z) => z.gunzipSync(b, { maxOutputLength: outputMax }))
export const inflate = (b: Uint8Array): Uint8Array => attempt('Zlib', (z) => z.inflateSync(b, { maxOutputLength: outputMax }))
export const unzstd = (b: Uint8Array): Uint8Array =>
  attempt('Zstd', (z) =>
    z.zstdDecompressSync ? z.zstdDecompressSync(b, { maxOutputLength: outputMax }) : fail('zstd is not available here'),
  )
export const deflate = (b: Uint8Array, level: number): Uint8Array => new Uint8Array(zlib().deflateSync(b, { level }))

/** A gzip member without time or name and with an unknown operating system, as the reference writes it. */
export function gzip(b: Uint8Array, level: number): Uint8Array {
  const body = zlib().deflateRawSync(b, { level })
  const out = new Uint8Array(body.length + 18)
  out.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, level >= 9 ? 2 : level === 1 ? 4 : 0, 255])
  out.set(body, 10)
  const tail = new DataView(out.buffer)
  tail.setUint32(out.length - 8, checksum(b), true)
  tail.setUint32(out.length - 4, b.length, true)
  return out
}

/** A Zstandard frame of stored blocks: any decoder reads it, nothing is compressed. */
export function zstdStored(b: Uint8Array): Uint8Array {
  const blockMax = 128 * 1024
  const blocks = Math.max(1, Math.ceil(b.length / blockMax))
  const out = new Uint8Array(6 + b.length + 3 * blocks)
  out.set([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58])
  let at = 6
  for (let i = 0; i < blocks; i++) {
    const block = b.subarray(i * blockMax, (i + 1) * blockMax)
    const header = (block.length << 3) | (i === blocks - 1 ? 1 : 0)
    out.set([header & 255, (header >> 8) & 255, header >> 16], at)
    out.set(block, at + 3)
    at += 3 + block.length
  }
  return out
}

export const levelOf = (v: Int | undefined, most: number): number => {
  const n = v === undefined ? 6 : toNumber(v)
  // 10 is within the reference's bound, though its compressor then has no such level
  return n < 0 || n > most ? fail('compression level must be <= 10') : n
}

/** Whether a compression level given as an argument can be wrong. */
export const levelFails = (call: Call, most: number): boolean => {
  const v = call.constant('compression_level')
  return call.arg('compression_level') !== undefined && !(v !== undefined && isInteger(v) && toNumber(v) <= most)
}
