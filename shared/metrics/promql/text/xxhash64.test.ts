import { expect, test } from 'vitest'
import { xxhash64 } from './xxhash64.ts'

const f = (text: string) => xxhash64(new TextEncoder().encode(text)).toString(16)

test('gives the published digests', () => {
  expect(f('')).toBe('ef46db3751d8e999')
  expect(f('a')).toBe('d24ec4f1a98c6e5b')
  expect(f('abc')).toBe('44bc2cf5ad770999')
  expect(f('Nobody inspects the spammish repetition')).toBe('fbcea83c8a378bf1')
})
