import { crcCatalogue } from './crc-catalogue.ts'

interface Crc {
  readonly width: bigint
  readonly init: bigint
  readonly refin: boolean
  readonly refout: boolean
  readonly xorout: bigint
  /** Of the reflected form when the input is reflected. */
  readonly table: readonly bigint[]
  readonly check: bigint
}

const algorithms = new Map<string, Crc>()

const reflect = (n: bigint, width: bigint): bigint => {
  let out = 0n
  for (let i = 0n; i < width; i++) if ((n >> i) & 1n) out |= 1n << (width - 1n - i)
  return out
}

export const crcNames = crcCatalogue.map(([name]) => name)

/** `undefined` for a name that is not in the catalogue. Tables are made on first use. */
export function crcAlgorithm(name: string): Crc | undefined {
  const known = algorithms.get(name)
  if (known) return known
  const row = crcCatalogue.find(([n]) => n === name)
  if (!row) return undefined
  const [width, poly, init, xorout, check] = [BigInt(row[1]), ...[row[2], row[3], row[6], row[7]].map((h) => BigInt(`0x${h}`))] as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  const refin = row[4] === 'r'
  const reflected = reflect(poly, width)
  const table = Array.from({ length: 256 }, (_, b) => (refin ? lowFirst(BigInt(b), reflected) : highFirst(BigInt(b), poly, width)))
  const algorithm = { width, init, refin, refout: row[5] === 'r', xorout, table, check }
  algorithms.set(name, algorithm)
  return algorithm
}

function lowFirst(byte: bigint, poly: bigint): bigint {
  let r = byte
  for (let i = 0; i < 8; i++) r = r & 1n ? (r >> 1n) ^ poly : r >> 1n
  return r
}

/** Widths below eight are worked on shifted to eight. */
function highFirst(byte: bigint, poly: bigint, width: bigint): bigint {
  const w = width < 8n ? 8n : width
  const p = poly << (w - width)
  const top = 1n << (w - 1n)
  const mask = (1n << w) - 1n
  let r = byte << (w - 8n)
  for (let i = 0; i < 8; i++) r = (r & top ? (r << 1n) ^ p : r << 1n) & mask
  return r
}

export function crcOf(b: Uint8Array, c: Crc): bigint {
  const w = c.width < 8n ? 8n : c.width
  const mask = (1n << w) - 1n
  let r = c.refin ? reflect(c.init, c.width) : c.init << (w - c.width)
  for (const byte of b) {
    r = c.refin
      ? (r >> 8n) ^ c.table[Number((r ^ BigInt(byte)) & 255n)]!
      : ((r << 8n) & mask) ^ c.table[Number(((r >> (w - 8n)) ^ BigInt(byte)) & 255n)]!
  }
  if (!c.refin) r >>= w - c.width
  if (c.refin !== c.refout) r = reflect(r, c.width)
  return r ^ c.xorout
}
