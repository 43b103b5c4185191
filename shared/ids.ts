import { crc32 } from './crc32.ts'

/** RFC 9562 §5.7. Sorts by time; never a secret. The one place in shared/ that asks for randomness. */
export function newId(at: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(at / 2 ** (8 * (5 - i))) % 256
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Sorts before every id that is made at `at` (epoch ms) or later, and after those made before. */
export const firstIdAt = (at: number): string => newId(at).slice(0, 13)

/** True for any lower- or upper-case UUID; a path parameter that is none cannot name anything. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Base 62 of 32 bits, six characters. */
const checksum = (text: string): string => {
  let n = crc32(new TextEncoder().encode(text))
  let out = ''
  for (let i = 0; i < 6; i++) {
    out = ALPHABET[n % 62]! + out
    n = Math.floor(n / 62)
  }
  return out
}

/** Prefixes of our credentials, so that a leaked one can be recognised. WIRE: "Teams, members, keys". */
export type TokenPrefix = 'toc' | 'src' | 'hb' | 'brd'

/** `<prefix>_<32 random base62><crc32>`: 190 bits. */
export function newToken(prefix: TokenPrefix): string {
  let random = ''
  while (random.length < 32)
    for (const b of crypto.getRandomValues(new Uint8Array(48))) if (b < 248 && random.length < 32) random += ALPHABET[b % 62]
  return `${prefix}_${random}${checksum(`${prefix}_${random}`)}`
}

/** A typo or a made-up token is refused by its checksum, without a look-up. */
export const isToken = (prefix: TokenPrefix, text: string): boolean =>
  text.startsWith(`${prefix}_`) && /^[0-9A-Za-z]{38}$/.test(text.slice(prefix.length + 1)) && checksum(text.slice(0, -6)) === text.slice(-6)

/** How credentials are stored: SHA-256 in hex. They are random, so a slow hash would add nothing. */
export async function hashToken(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('')
}
