import { fromBase64url, joined, toBase64url, utf8 } from './base64url.ts'

/** A key pair of one of our own keys; `kid` is the public half's SHA-256 thumbprint (RFC 7638), cut. */
export type Pair = {
  kid: string
  jwk: { kty: string; crv: string; x: string; y?: string }
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

/** PKCS #8 around a raw private key: RFC 8410 §7 for Ed25519, RFC 5915 for P-256. */
const WRAP = {
  Ed25519: new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]),
  'P-256': new Uint8Array([
    0x30, 0x41, 2, 1, 0, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 4, 0x27, 0x30, 0x25,
    2, 1, 1, 4, 0x20,
  ]),
} // biome-ignore format: bytes

const pairs = new Map<string, Promise<Pair>>()

/** The pair that a key of the ring stands for, for one purpose: the same on every isolate, without anything stored. */
export function pairOf(secret: string, purpose: string, curve: keyof typeof WRAP): Promise<Pair> {
  const name = `${purpose}\0${secret}`
  let found = pairs.get(name)
  if (!found) {
    found = derive(secret, purpose, curve)
    pairs.set(name, found)
  }
  return found
}

async function derive(secret: string, purpose: string, curve: keyof typeof WRAP): Promise<Pair> {
  const base = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveBits'])
  const params = { name: 'HKDF', hash: 'SHA-256', salt: utf8('tocsin'), info: utf8(purpose) }
  const seed = new Uint8Array(await crypto.subtle.deriveBits(params, base, 256))
  const algorithm = curve === 'P-256' ? { name: 'ECDSA', namedCurve: curve } : { name: curve }
  const key = (await crypto.subtle.importKey('pkcs8', joined(WRAP[curve], seed), algorithm, true, ['sign'])) as CryptoKey
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', key)) as JsonWebKey
  const jwk = { kty: kty!, crv: crv!, x: x!, ...(y ? { y } : {}) }
  // RFC 7638 §3.2: the required members in the order of their names
  const thumb = await crypto.subtle.digest('SHA-256', utf8(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, ...(y ? { y } : {}) })))
  const how = curve === 'P-256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: curve }
  return {
    kid: toBase64url(new Uint8Array(thumb)).slice(0, 16),
    jwk,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(how, key, bytes)),
  }
}

/** The uncompressed point of a P-256 key: SEC 1 §2.3.3. */
export const pointOf = ({ jwk }: Pair): Uint8Array<ArrayBuffer> => joined(new Uint8Array([4]), fromBase64url(jwk.x), fromBase64url(jwk.y!))

/** RFC 7515 §7.1. */
export async function compactJws(pair: Pair, header: Record<string, string>, payload: string): Promise<string> {
  const signed = `${toBase64url(utf8(JSON.stringify(header)))}.${toBase64url(utf8(payload))}`
  return `${signed}.${toBase64url(await pair.sign(utf8(signed)))}`
}
