import { expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import { hashToken, isId, isToken, newId, newToken } from './ids.ts'

test('CRC-32 is the one of zlib', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array())).toBe(0)
})

test('an id is a UUIDv7 that begins with its time', () => {
  const id = newId(Date.UTC(2026, 10, 23))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 23))
})

test('ids made later sort later', () => {
  const ids = [1, 2, 1_700_000_000_000, 1_700_000_000_001].map(newId)
  expect([...ids].sort()).toEqual(ids)
})

test.each([
  ['019a0000-0000-7000-8000-000000000000', true],
  ['019A0000-0000-7000-8000-000000000000', true],
  ['019a0000-0000-7000-8000-00000000000', false],
  ["019a0000-0000-7000-8000-000000000000' OR 1=1", false],
  ['', false],
])('isId(%s) is %s', (text, expected) => {
  expect(isId(text)).toBe(expected)
})

test('a token carries its own checksum and is bound to its prefix', () => {
  const token = newToken('toc')
  expect(token).toMatch(/^toc_[0-9A-Za-z]{38}$/)
  expect(isToken('toc', token)).toBe(true)
  expect(isToken('src', token)).toBe(false)
  expect(isToken('src', token.replace('toc', 'src'))).toBe(false)
  const swapped = token.slice(0, 8) + (token[8] === 'A' ? 'B' : 'A') + token.slice(9)
  expect(isToken('toc', swapped)).toBe(false)
})

test('tokens differ, and are stored as SHA-256', async () => {
  expect(new Set(Array.from({ length: 100 }, () => newToken('hb'))).size).toBe(100)
  expect(await hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
