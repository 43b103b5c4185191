import { expect, test } from 'vitest'
import { isSigned, signed } from './sigv4.ts'

const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' }
const at = Date.UTC(2013, 4, 24)
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const signature = (headers: Record<string, string>) => headers.authorization!.split('Signature=')[1]

test('AWS documentation, example GET Object', async () => {
  const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt')
  expect(signature(await signed(key, 'GET', url, at, { Range: 'bytes=0-9' }, empty))).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  )
})

test('AWS documentation, example GET Bucket lifecycle and List Objects', async () => {
  const lifecycle = new URL('https://examplebucket.s3.amazonaws.com/?lifecycle')
  expect(signature(await signed(key, 'GET', lifecycle, at, {}, empty))).toBe(
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  )
  const list = new URL('https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J')
  expect(signature(await signed(key, 'GET', list, at, {}, empty))).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')
})

test('what we sign we know again; another key, path, method, query, header or hour we do not', async () => {
  const url = new URL('http://localhost:8787/hooks/s3/a%20b/%C3%A4.parquet?partNumber=2&uploadId=x%2Fy')
  const headers = await signed(key, 'PUT', url, at, { range: 'bytes=0-9' })
  const asked = (more: { url?: string; method?: string; headers?: Record<string, string> } = {}) =>
    new Request(more.url ?? url.href, { method: more.method ?? 'PUT', headers: { ...headers, host: url.host, ...more.headers } })
  expect(await isSigned(key, asked(), at + 60_000)).toBe(true)
  expect(await isSigned({ ...key, secret: 'other' }, asked(), at)).toBe(false)
  expect(await isSigned({ ...key, id: 'other' }, asked(), at)).toBe(false)
  expect(await isSigned(key, asked({ url: url.href.replace('parquet', 'txt') }), at)).toBe(false)
  expect(await isSigned(key, asked({ url: url.href.replace('partNumber=2', 'partNumber=3') }), at)).toBe(false)
  expect(await isSigned(key, asked({ method: 'DELETE' }), at)).toBe(false)
  expect(await isSigned(key, asked({ headers: { range: 'bytes=0-99' } }), at)).toBe(false)
  expect(await isSigned(key, asked(), at + 3_600_000)).toBe(false)
  expect(await isSigned(key, new Request(url.href), at)).toBe(false)
})
