import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The stable id of the shift of `layer` in `schedule` that begins at `start` (epoch ms): a UUIDv8 (RFC 9562 §5.8) whose first 48 bits
 * are the start, so that a shift is found by its id alone, and whose rest is a hash of all three.
 */
export function shiftId(schedule: string, layer: string, start: number): string {
  const hash = sha256(new TextEncoder().encode(`${schedule}\n${layer}\n${start}`))
  const time = start.toString(16).padStart(12, '0')
  const rest = Array.from(hash.slice(0, 10), (b) => b.toString(16).padStart(2, '0')).join('')
  const variant = ((hash[2]! & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-8${rest.slice(1, 4)}-${variant}${rest.slice(6, 8)}-${rest.slice(8, 20)}`
}

/** When the shift of that id begins; it need not exist. Null when it cannot be the id of a shift. */
export function startOfShift(id: string): number | null {
  if (id[14] !== '8') return null
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
