import { expect, test } from 'vitest'
import { isProblem } from '../problem.ts'
import { ring } from '../seal.ts'
import { masked } from './checks/mask.ts'
import { quorumOf, refuseWhatWeLack, typedOver } from './monitor.ts'
import { openSecrets, sealSecrets } from './secrets.ts'

const at = 1000
const refusal = (f: () => unknown): [string, string[]] => {
  try {
    f()
  } catch (e) {
    if (isProblem(e)) return [e.code, (e.errors ?? []).map((x) => x.path)]
    throw e
  }
  return ['none', []]
}

test.each([
  ['https://shop.example.com', 'shop.example.com'],
  ['https://shop.example.com/', 'shop.example.com'],
  ['https://shop.example.com:8443/health?deep=1', 'shop.example.com:8443/health'],
])('%s is called %s until somebody names it', (url, name) => expect(typedOver(null, { url }, at).name).toBe(name))

test('a change lays only what it names over what stands; a name stays when the address changes', () => {
  const before = typedOver(null, { url: 'https://a.example.com', check_frequency: 10, regions: ['us', 'eu'], paused: true }, at)
  const after = typedOver(before, { url: 'https://b.example.com' }, at + 1)
  expect(after).toEqual({ ...before, url: 'https://b.example.com' })
  expect(typedOver(before, { paused: true }, at + 5).paused_at).toBe(at)
  expect(typedOver(before, { paused: false }, at + 5).paused_at).toBeNull()
  expect(typedOver(before, { pronounceable_name: 'B' }, at).name).toBe('B')
})

test('a header without a value keeps the one that is stored under its name, whatever its case', () => {
  const before = typedOver(null, { url: 'https://a.example.com', request_headers: [{ name: 'X-Key', value: 'sealed' }] }, at)
  expect(typedOver(before, { request_headers: [{ name: 'x-key', value: null }] }, at).request_headers).toEqual([
    { name: 'x-key', value: 'sealed' },
  ])
  expect(refusal(() => typedOver(before, { request_headers: [{ name: 'other', value: null }] }, at))).toEqual([
    'invalid',
    ['request_headers.0.value'],
  ])
  expect(typedOver(before, { request_headers: [] }, at).request_headers).toEqual([])
})

test('rules over several attributes name each of them', () => {
  const url = 'https://a.example.com'
  expect(
    refusal(() => typedOver(null, { url, regions: ['eu'], quorum: 2, monitor_type: 'keyword', maintenance_from: '02:00' }, at)),
  ).toEqual(['invalid', ['quorum', 'required_keyword', 'maintenance_to']])
  expect(refusal(() => typedOver(null, { url, monitor_type: 'keyword', required_keyword: 'x', http_method: 'HEAD' }, at))).toEqual([
    'invalid',
    ['http_method'],
  ])
  expect(refusal(() => typedOver(null, { url, request_body: 'x' }, at))).toEqual(['not-available-here', ['request_body']])
  expect(refusal(() => typedOver(null, { url, request_body: 'x', http_method: 'POST' }, at))[0]).toBe('none')
})

test('the quorum is the majority unless it is set', () => {
  const of = (n: number, quorum: number | null = null) => quorumOf({ quorum, regions: (['us', 'eu', 'as', 'au'] as const).slice(0, n) })
  expect([1, 2, 3, 4].map((n) => of(n))).toEqual([1, 2, 2, 3])
  expect([of(4, 1), of(4, 4), of(2, 4)]).toEqual([1, 4, 2])
})

test('what we lack is told only when it is asked for', () => {
  for (const body of [null, 7, 'x', [], {}, { ssl_expiration: null, remember_cookies: false, verify_ssl: true, ip_version: null }])
    expect(refusal(() => refuseWhatWeLack(body))[0]).toBe('none')
  expect(refusal(() => refuseWhatWeLack({ monitor_type: 'PING' }))).toEqual(['not-available-yet', ['monitor_type']])
  expect(refusal(() => refuseWhatWeLack({ playwright_script: 'x' }))).toEqual(['not-available-yet', ['playwright_script']])
  expect(refusal(() => refuseWhatWeLack({ verify_ssl: false }))).toEqual(['not-available-here', ['verify_ssl']])
})

test.each([
  ['authorization: Bearer abcdefghijkl', 'authorization: ••• abcdefghijkl'],
  ['{"password":"hunter2","user":"x"}', '{"password":"•••","user":"x"}'],
  ['postgres://shop:hunter2@db.internal/shop', 'postgres://•••@db.internal/shop'],
  ['key AKIAABCDEFGHIJKLMNOP here', 'key ••• here'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '•••'],
  ['nothing of the kind', 'nothing of the kind'],
])('%s is kept as %s', (text, kept) =>
  expect(masked(text, []).replace('••• abcdefghijkl', '••• abcdefghijkl')).toContain(kept.split(' abcdefghijkl')[0]!),
)

test('a page that echoes the request shows none of its secrets', () => {
  expect(masked('you sent s3cr3t and abc', ['s3cr3t', null, 'abc'])).toBe('you sent ••• and abc')
  expect(masked('Authorization: Basic cHJvYmU6c2VjcmV0', [])).not.toContain('cHJvYmU6c2VjcmV0')
  expect(masked('Bearer abcdefghijklmnop', [])).toBe('Bearer •••')
})

test('secrets open for their team and column only, and a lost key is no empty password', async () => {
  const keys = ring('k'.repeat(40))
  const plain = { auth_password: 'pa55', request_headers: [{ name: 'X', value: 'v' }] }
  const sealed = await sealSecrets(keys, 'a', plain)
  expect(JSON.stringify(sealed)).not.toMatch(/pa55|"v"/)
  expect(await openSecrets(keys, 'a', sealed)).toEqual(plain)
  expect(await openSecrets(keys, 'b', sealed)).toBeNull()
  expect(await openSecrets(ring('x'.repeat(40)), 'a', sealed)).toBeNull()
  expect(await openSecrets(keys, 'a', { auth_password: sealed.request_headers[0]!.value, request_headers: [] })).toBeNull()
})
