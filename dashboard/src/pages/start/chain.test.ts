import { expect, test } from 'vitest'
import { chainOf } from './chain.ts'

const nothing = { monitor: 'm', incident: null, pages: [], publicAt: null, subdomain: 'demo-shop' }
const incident = {
  id: 'i',
  started_at: '2026-11-23T14:00:00.000Z',
  created_at: '2026-11-23T14:00:01.600Z',
  cause: '503 from 4 of 4 regions',
}
const at = (ms: number) => new Date(Date.parse(incident.started_at) + ms).toISOString()
const page = (receipts: { state: 'queued' | 'accepted' | 'failed'; ms: number }[]) => ({
  channel: 'email' as const, user_name: 'Ines Okafor', contact: 'ines@example.com',
  receipts: receipts.map((r) => ({ at: at(r.ms), state: r.state, provider_id: null, detail: null, possibly_twice: false })),
}) // biome-ignore format: a record

test('before anything breaks no link leads anywhere', () => {
  expect(chainOf(nothing).every((l) => l.href === null && l.afterMs === null)).toBe(true)
})

test('links light up one by one, each with its time after the first failure', () => {
  const chain = chainOf({
    ...nothing,
    incident,
    pages: [
      page([
        { state: 'queued', ms: 1700 },
        { state: 'accepted', ms: 1900 },
      ]),
    ],
  })
  expect(chain.map((l) => l.afterMs)).toEqual([0, 1600, 1900, null])
  expect(chain[2]).toMatchObject({ says: 'e-mail to Ines Okafor', href: '/mailbox' })
  expect(chainOf({ ...nothing, incident, publicAt: Date.parse(at(4200)) })[3]).toMatchObject({ afterMs: 4200, href: '/s/demo-shop/' })
})

test('a page that was not sent is not in the mailbox', () => {
  expect(chainOf({ ...nothing, incident, pages: [page([{ state: 'failed', ms: 1900 }])] })[2]!.afterMs).toBeNull()
})
