import { expect, test } from 'vitest'
import { isDomain, isOurs, isSubdomain, publicUrl } from './address.ts'

test.each(['kestrel', 'kestrel-pay', 'k2', '99', 'a'.repeat(63)])('the subdomain %s is taken', (s) => expect(isSubdomain(s)).toBe(true))
test.each(['', 'k', '-k', 'k-', 'k.k', 'K2', 'k_2', 'xn--kstrel-bva', 'www', 'api', 'status', 'a'.repeat(64), 'k k', '../s', 'k\n'])(
  'the subdomain %j is refused',
  (s) => expect(isSubdomain(s)).toBe(false),
)
test.each(['status.example.com', 'example.co', 'a.b.c.d.example', 'xn--kstrel-bva.example'])('the domain %s is taken', (d) =>
  expect(isDomain(d)).toBe(true),
)
test.each([
  'example',
  'https://x.com',
  'x.com/p',
  'x.com:80',
  '10.0.0.1',
  '[::1]',
  'x..com',
  '-x.com',
  'x.localhost',
  `${'a.'.repeat(130)}com`,
  'x.com\n',
])('the domain %j is refused', (d) => expect(isDomain(d)).toBe(false))

const base = { TOCSIN_URL: 'https://app.tocsin.example', STATUS_DOMAIN: 'tocsin-status.example' }
const page = { subdomain: 'kestrel', custom_domain: 'status.kestrel.example', custom_domain_verified: false }
test('a page is read at its proven domain, else under the status domain, on one machine under /s/', () => {
  expect(publicUrl({ ...page, custom_domain_verified: true }, base)).toBe('https://status.kestrel.example/')
  expect(publicUrl(page, base)).toBe('https://kestrel.tocsin-status.example/')
  expect(publicUrl(page, { TOCSIN_URL: 'http://localhost:8787', STATUS_DOMAIN: 'status.localhost' })).toBe(
    'http://localhost:8787/s/kestrel/',
  )
})
test('our own hosts are nobody else’s', () => {
  expect(
    ['app.tocsin.example', 'tocsin-status.example', 'x.tocsin-status.example', 'status.kestrel.example'].map((d) => isOurs(d, base)),
  ).toEqual([true, true, true, false])
})
