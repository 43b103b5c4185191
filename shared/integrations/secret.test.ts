import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newSecret, openSecret, sealSecret, signed } from './secret.ts'

const bytes = (n: number) => new Uint8Array(32).fill(n)
const [a, b] = [newSecret(bytes(1)), newSecret(bytes(2))]
const at = Date.now()
const body = '{"type":"incident.created"}'

test('what is signed is verified by the library that receivers use', () => {
  expect(new Webhook(a).verify(body, signed([a], 'msg', at, body))).toEqual({ type: 'incident.created' })
  expect(() => new Webhook(a).verify(`${body} `, signed([a], 'msg', at, body)), 'another body').toThrow()
  expect(() => new Webhook(a).verify(body, { ...signed([a], 'msg', at, body), 'webhook-id': 'other' }), 'another id').toThrow()
})

test('after a rotation the new and the old secret both verify', () => {
  const headers = signed([b, a], 'msg', at, body)
  for (const secret of [a, b]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy()
})

test('a stored secret opens for its own team only', async () => {
  const keys = ['a key of at least thirty-two characters']
  const sealed = await sealSecret(keys, 'team-a', a)
  expect(sealed).not.toContain(a.slice(6, 20))
  expect(await openSecret(keys, 'team-a', sealed)).toBe(a)
  expect(await openSecret(keys, 'team-b', sealed)).toBeNull()
})
