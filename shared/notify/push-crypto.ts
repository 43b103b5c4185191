import { fromBase64url, joined, toBase64url, utf8 } from './base64url.ts'
import { compactJws, type Pair, pairOf, pointOf } from './keys.ts'

/** A browser's subscription: its keys as PushManager gives them. */
export type Keys = { p256dh: string; auth: string }
/** What makes an encryption repeatable, for the vector of RFC 8291 §5. */
type Given = { salt: Uint8Array<ArrayBuffer>; own: CryptoKeyPair }

/** One record (RFC 8188 §2) is enough: a push service takes 4,096 bytes. */
const RECORD_BYTES = 4096
export const PLAIN_BYTES_MAX = RECORD_BYTES - 16 - 1 - 86

/** RFC 8291 §3.4: the body of a message that only this browser can read, `Content-Encoding: aes128gcm`. */
export async function encrypted(plain: Uint8Array, keys: Keys, given?: Given): Promise<Uint8Array<ArrayBuffer>> {
  const salt = given?.salt ?? crypto.getRandomValues(new Uint8Array(16))
  const own =
    given?.own ?? ((await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])) as CryptoKeyPair)
  const theirs = fromBase64url(keys.p256dh)
  const theirKey = await crypto.subtle.importKey('raw', theirs, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const ours = new Uint8Array((await crypto.subtle.exportKey('raw', own.publicKey)) as ArrayBuffer)
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirKey } as never, own.privateKey, 256))
  const ikm = await hkdf(fromBase64url(keys.auth), shared, joined(utf8('WebPush: info\0'), theirs, ours), 32)
  const cek = await hkdf(salt, ikm, utf8('Content-Encoding: aes128gcm\0'), 16)
  const nonce = await hkdf(salt, ikm, utf8('Content-Encoding: nonce\0'), 12)
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['encrypt'])
  // the last record ends with a byte of 2: RFC 8188 §2
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, joined(plain, new Uint8Array([2])))
  const size = new Uint8Array(new Uint32Array([RECORD_BYTES]).buffer).reverse()
  return joined(salt, size, new Uint8Array([ours.length]), ours, new Uint8Array(box))
}

async function hkdf(salt: Uint8Array<ArrayBuffer>, ikm: Uint8Array<ArrayBuffer>, info: Uint8Array<ArrayBuffer>, bytes: number) {
  const base = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, bytes * 8))
}

const PURPOSE = 'web-push'
/** Push services refuse tokens that live longer than a day: RFC 8292 §2. */
const TOKEN_S = 12 * 3600

/** What browsers subscribe with: the public key of the ring's first. */
export const applicationServerKey = async (ring: readonly string[]): Promise<string> => toBase64url(pointOf(await pushPair(ring[0]!)))

const pushPair = (secret: string): Promise<Pair> => pairOf(secret, PURPOSE, 'P-256')

/** The pair a subscription was made with, by its public key; null when its key left the ring. */
export async function pairFor(ring: readonly string[], publicKey: string): Promise<Pair | null> {
  for (const secret of ring) {
    const pair = await pushPair(secret)
    if (toBase64url(pointOf(pair)) === publicKey) return pair
  }
  return null
}

/** RFC 8292 §3: `Authorization` for a push service. `at` in epoch ms. */
export async function vapid(pair: Pair, endpoint: string, subject: string, at: number): Promise<string> {
  const claims = JSON.stringify({ aud: new URL(endpoint).origin, exp: Math.floor(at / 1000) + TOKEN_S, sub: subject })
  const token = await compactJws(pair, { typ: 'JWT', alg: 'ES256' }, claims)
  return `vapid t=${token}, k=${toBase64url(pointOf(pair))}`
}
