import { expect, test } from 'vitest'
import { open, ring, seal, secretFor } from './seal.ts'

const [first, second] = ['first-key-of-at-least-32-characters!', 'second-key-of-at-least-32-characters']
const keys = ring(first)

test('what was sealed opens again, and two seals of one text differ', async () => {
  const a = await seal(keys, 'links', 'team-1', 'hello · мир')
  expect(await open(keys, 'links', 'team-1', a)).toBe('hello · мир')
  expect(await seal(keys, 'links', 'team-1', 'hello · мир')).not.toBe(a)
  expect(a).toMatch(/^[\w-]+$/)
})

test('it opens only for its purpose, its place and its key', async () => {
  const a = await seal(keys, 'links', 'team-1', 'x')
  expect(await open(keys, 'secrets', 'team-1', a)).toBeNull()
  expect(await open(keys, 'links', 'team-2', a)).toBeNull()
  expect(await open(ring(second), 'links', 'team-1', a)).toBeNull()
})

test.each(['', '!', 'AAAA', 'A'.repeat(200_000)])('nonsense opens to null (%#)', async (text) => {
  expect(await open(keys, 'links', '', text)).toBeNull()
})

test('one changed bit anywhere is refused', async () => {
  const a = await seal(keys, 'links', '', 'text')
  for (let i = 0; i < a.length - 1; i++) {
    const forged = a.slice(0, i) + (a[i] === 'A' ? 'B' : 'A') + a.slice(i + 1)
    expect(await open(keys, 'links', '', forged)).toBeNull()
  }
})

test('after a rotation the new key seals and the old one still opens', async () => {
  const old = await seal(keys, 'links', '', 'x')
  const rotated = ring(`${second}, ${first}`)
  expect(await open(rotated, 'links', '', old)).toBe('x')
  expect(await open(keys, 'links', '', await seal(rotated, 'links', '', 'y'))).toBeNull()
})

test('a ring with a short key is refused at start', () => {
  expect(() => ring('short')).toThrow('32 characters')
  expect(() => ring('')).toThrow('32 characters')
})

test('derived secrets differ by purpose and are stable', async () => {
  expect(await secretFor(keys, 'cookies')).toBe(await secretFor(keys, 'cookies'))
  expect(await secretFor(keys, 'cookies')).not.toBe(await secretFor(keys, 'other'))
})
