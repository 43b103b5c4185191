import { expect, test } from 'vitest'
import { decrypted } from '../../test/fakes/push.ts'
import { fromBase64url, toBase64url, utf8 } from './base64url.ts'
import { encrypted } from './push-crypto.ts'

/** The example of RFC 8291 §5 and its appendix. */
const rfc = {
  plain: 'When I grow up, I want to be a watermelon',
  sender: {
    d: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
    point: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  },
  browser: {
    d: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
    point: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  },
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

async function pair({ d, point }: { d: string; point: string }): Promise<CryptoKeyPair> {
  const raw = fromBase64url(point)
  const [x, y] = [toBase64url(raw.slice(1, 33)), toBase64url(raw.slice(33))]
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' }
  return {
    privateKey: (await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', d, x, y, ext: true }, algorithm, true, [
      'deriveBits',
    ])) as CryptoKey,
    publicKey: (await crypto.subtle.importKey('raw', raw, algorithm, true, [])) as CryptoKey,
  }
}

test('the example of RFC 8291 §5 is encrypted to its very bytes', async () => {
  const own = await pair(rfc.sender)
  const body = await encrypted(utf8(rfc.plain), { p256dh: rfc.browser.point, auth: rfc.auth }, { salt: fromBase64url(rfc.salt), own })
  expect(toBase64url(body)).toBe(rfc.body)
})

test('and our browser of the tests reads it', async () => {
  const plain = await decrypted(fromBase64url(rfc.body), await pair(rfc.browser), fromBase64url(rfc.browser.point), fromBase64url(rfc.auth))
  expect(new TextDecoder().decode(plain)).toBe(rfc.plain)
})

test('two messages with the same text differ', async () => {
  const keys = { p256dh: rfc.browser.point, auth: rfc.auth }
  expect(await encrypted(utf8('x'), keys)).not.toEqual(await encrypted(utf8('x'), keys))
})
