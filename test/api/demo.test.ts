import { expect, test } from 'vitest'
import { seedDemo, seedPeople } from '../../local/demo.ts'
import { demo } from '../../shared/auth/demo.ts'
import { account, member, organization, user } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { env } from '../given.ts'

const database = db(env.DB)

test('a first start makes the demo team with an owner and four more members; what a crash cut short is finished', async () => {
  await seedPeople(database, true, Date.now())
  await seedPeople(database, true, Date.now())
  expect((await database.select().from(organization)).map((o) => o.name)).toEqual(['Demo'])
  expect((await database.select().from(member)).map((m) => m.role)).toEqual(['admin', 'team_lead', 'responder', 'responder', 'member'])
  expect(await database.select().from(account)).toHaveLength(5)
})

test('without demo data the team and its owner exist and nobody else; a later start changes nothing', async () => {
  for (const table of [organization, member, account, user]) await database.delete(table)
  const without = { demo: false, base: 'http://localhost', token: '', at: Date.now() }
  await seedDemo(env.DB, without)
  expect((await database.select().from(user)).map((u) => [u.id, u.email])).toEqual([[demo.owner, 'demo@tocsin.localhost']])
  await database.delete(user)
  await seedDemo(env.DB, without)
  expect(await database.select().from(user), 'people removed meanwhile stay removed').toEqual([])
})
