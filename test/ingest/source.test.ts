import { expect, test } from 'vitest'
import { sourceOf } from '../../workers/ingest/source.ts'
import { aTeam, env } from '../given.ts'

test('a token that was rotated or whose source was deleted stops within 60 s, the new one works at once', async () => {
  const { api } = await aTeam()
  const { body } = await api('POST', '/api/logs/sources', { name: 'App' })
  const at = Date.now()
  expect(await sourceOf(env, body.token, at)).toMatchObject({ id: body.id })
  const rotated = (await api('POST', `/api/logs/sources/${body.id}/rotate-token`)).body.token
  expect(await sourceOf(env, rotated, at)).toMatchObject({ id: body.id })
  expect(await sourceOf(env, body.token, at + 60_001)).toBeNull()
  await api('DELETE', `/api/logs/sources/${body.id}`)
  expect(await sourceOf(env, rotated, at + 60_001)).toBeNull()
})

test('what a source may keep and send changes at the doors within 60 s', async () => {
  const { api } = await aTeam()
  const { body } = await api('POST', '/api/logs/sources', { name: 'App' })
  const at = Date.now()
  expect(await sourceOf(env, body.token, at)).toMatchObject({ retentionDays: 30, paused: false })
  await api('PATCH', `/api/logs/sources/${body.id}`, { retention_days: 7, ingesting_paused: true })
  expect(await sourceOf(env, body.token, at + 60_001)).toMatchObject({ retentionDays: 7, paused: true })
})
