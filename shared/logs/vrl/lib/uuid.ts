import { toHex } from './hex.ts'

export const uuidText = (b: Uint8Array): string => {
  const hex = toHex(b)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Sets the version and the RFC 4122 variant. */
export function stamped(b: Uint8Array, version: number): Uint8Array {
  b[6] = (b[6]! & 15) | (version << 4)
  b[8] = (b[8]! & 63) | 128
  return b
}
