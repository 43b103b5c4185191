import { describe, expect, test } from 'vitest'
import { cookiesOf, isOurOrigin, sessionToken } from './cookie.ts'

const secret = 'a secret of at least thirty-two characters'
const signed = async (token: string, by = secret) => {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(by), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(token)))
  return encodeURIComponent(`${token}.${btoa(String.fromCharCode(...mac))}`)
}
const cookies = cookiesOf('http://localhost:8787')
const read = (header: string | undefined) => sessionToken(header, cookies, secret)

test('over https the name carries the prefix that binds it to the host; on one machine the port', () => {
  expect(cookiesOf('https://tocsin.example')).toEqual({ name: '__Host-tocsin', secure: true })
  expect(cookies).toEqual({ name: 'tocsin_8787', secure: false })
})

describe('a session token', () => {
  test('is read from among other cookies', async () => {
    expect(await read(`a=b; tocsin_8787=${await signed('abc.def')}; tocsin_8788=x`)).toBe('abc.def')
  })
  test('is refused when another secret signed it, when it was changed, cut or never signed', async () => {
    const good = await signed('token')
    for (const forged of [
      await signed('token', 'another secret of thirty-two characters'),
      good.replace('token', 'tokem'),
      good.slice(0, -4),
      'token',
      'token.',
      '.x',
      'token.%%%',
      'token.\u0000',
      '%E0%A4%A',
    ])
      expect(await read(`tocsin_8787=${forged}`), forged).toBeNull()
    expect(await read(undefined)).toBeNull()
    expect(await read(`xtocsin_8787=${good}`), 'a longer name').toBeNull()
  })
})

test.each([
  ['https://tocsin.example', 'https://tocsin.example', true],
  ['https://tocsin.example', 'http://tocsin.example', false],
  ['https://tocsin.example', 'https://tocsin.example.evil.example', false],
  ['https://tocsin.example', 'https://evil.example', false],
  ['https://tocsin.example', 'null', false],
  ['http://localhost:8787', 'http://127.0.0.1:8787', true],
  ['http://localhost:8787', 'http://[::1]:8787', true],
  ['http://localhost:8787', 'http://localhost:8788', false],
  ['http://localhost:8787', 'https://localhost:8787', false],
  ['http://localhost:8787', 'http://evil.localhost:8787', false],
  ['http://localhost:8787', 'null', false],
])('at %s, %s is ours: %s', (url, origin, ours) => {
  expect(isOurOrigin(origin, url)).toBe(ours)
})
