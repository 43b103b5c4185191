import { expect, test } from 'vitest'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { CLAIM_MS, claimPokes, poke } from '../../shared/outbox.ts'
import { drainOutbox } from '../../workers/outbox.ts'
import { aTeam, env } from '../given.ts'

test('two drains at once take each poke once, and one whose drain died comes again', async () => {
  const team = newId()
  const at = Date.now()
  const database = db(env.DB)
  for (let i = 0; i < 20; i++) await poke(database, team, 'monitor', newId(), at)
  const taken = (await Promise.all(Array.from({ length: 5 }, () => claimPokes(database, at, 500, team)))).flat()
  expect(taken.length).toBe(20)
  expect(new Set(taken.map((p) => p.id)).size).toBe(20)
  expect(await claimPokes(database, at + CLAIM_MS - 1, 500, team)).toEqual([])
  expect((await claimPokes(database, at + CLAIM_MS, 500, team)).length).toBe(20)
})

test('an invitation is mailed once, however many drain at the same moment', async () => {
  const team = await aTeam()
  const email = `once-${newId()}@example.com`
  await team.api('POST', '/api/auth/invitations', { email, role: 'member' })
  await Promise.all(Array.from({ length: 5 }, () => drainOutbox(env, Date.now(), team.team)))
  const mails = (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as { to: string }[]
  expect(mails.filter((m) => m.to === email).length).toBe(1)
})
