import { compactJws, type Pair, pairOf } from './keys.ts'

const PURPOSE = 'page-receipt'

const pairs = (ring: readonly string[]): Promise<Pair[]> => Promise.all(ring.map((secret) => pairOf(secret, PURPOSE, 'Ed25519')))

/** A receipt as a compact JWS (RFC 7515, EdDSA of RFC 8037) that anybody can check with the public key. `kid` says which of ours signed. */
export async function signReceipt(ring: readonly string[], receipt: object): Promise<string> {
  const pair = await pairOf(ring[0]!, PURPOSE, 'Ed25519')
  return compactJws(pair, { alg: 'EdDSA', kid: pair.kid, typ: 'tocsin-receipt+jws' }, JSON.stringify(receipt))
}

/** RFC 7517: every key of the ring, so that what an older one signed is still proven. */
export const receiptKeys = async (ring: readonly string[]) => ({
  keys: (await pairs(ring)).map(({ kid, jwk }) => ({
    kty: 'OKP' as const,
    crv: 'Ed25519' as const,
    x: jwk.x,
    kid,
    use: 'sig' as const,
    alg: 'EdDSA' as const,
  })),
})
