import { expect, test } from 'vitest'
import type { Incident } from '../wire.ts'
import { ownHealth, say, sayOnCall } from './say.ts'

const incident = (over: Partial<Incident>) =>
  ({ id: 'i', title: 'API is down', status: 'OPEN', started_at: '2026-11-23T14:00:00Z', acknowledged_by: null, ...over }) as Incident
const ines = { type: 'user' as const, id: 'u', name: 'Ines Okafor' }
const watched = { total: 3, up: 2, down: 0 }

test('red while nobody has it, amber when somebody does', () => {
  expect(say([incident({})], watched)).toMatchObject({ tone: 'down', sentence: '1 incident, nobody has it yet', href: '/incidents/i' })
  expect(say([incident({ status: 'ACKNOWLEDGED', acknowledged_by: ines })], watched)).toMatchObject({
    tone: 'warn',
    sentence: '1 incident open',
    more: ' · API is down · Ines has it',
  })
  expect(say([incident({}), incident({})], watched).sentence).toBe('2 incidents, nobody has them yet')
  expect(say([incident({}), incident({ status: 'ACKNOWLEDGED' })], watched).sentence).toBe('2 incidents, nobody has 1 yet')
})

test('what is not known is not called well', () => {
  expect(say(undefined, watched)).toMatchObject({ tone: 'idle', sentence: 'Looking' })
  expect(say(undefined, watched, true)).toMatchObject({ tone: 'idle', sentence: 'Whether something is open is not known' })
  expect(say([], undefined).tone).toBe('idle')
})

test('without incidents the monitors speak', () => {
  expect(say([], { total: 0, up: 0, down: 0 })).toMatchObject({ sentence: 'Nothing is watched yet', href: '/start' })
  expect(say([], watched)).toMatchObject({ tone: 'up', more: ' · 2 of 3 monitors up' })
  expect(say([], { total: 3, up: 2, down: 1 })).toMatchObject({ tone: 'down', sentence: '1 monitor down' })
})

test('our own trouble is named before anything is called on time', () => {
  const parts = { database: 'up' as const, clickhouse: 'up' as const, paging: 'up' as const, checks: 'up' as const }
  const well = { parts, measured_at: '2026-11-23T14:00:00Z', shard_lag_ms: 40, checks_lost_24h: 0, spool_oldest_ms: 300 }
  expect(ownHealth(well, false, true, true)).toBe('Checks on time · 0 lost')
  expect(ownHealth(well, false, false, true)).toBe('Live updates interrupted')
  expect(ownHealth({ parts: { ...well.parts, paging: 'down', clickhouse: 'down' } }, false, true, true)).toBe('Pages are late')
  expect(ownHealth({ parts: { ...well.parts, clickhouse: 'down' } }, false, true, true)).toBe('History is late · 0 lost')
  expect(ownHealth(undefined, true, true, true)).toBe('Tocsin does not answer')
  expect(ownHealth(well, false, true, false)).toBe('Ready to check')
  expect(ownHealth({ ...well, checks_lost_24h: 3, parts: { ...parts, checks: 'degraded' } }, false, true, true)).toBe(
    'Checks on time · 3 lost in 24 h',
  )
  expect(ownHealth({ ...well, shard_lag_ms: 7200 }, false, true, true)).toBe('Checks 7.2 s late · 0 lost')
  expect(ownHealth({ ...well, spool_oldest_ms: 240_000 }, false, true, true)).toBe('History is 4 m behind · 0 lost')
  expect(ownHealth({ ...well, parts: { ...parts, checks: 'degraded' } }, false, true, true)).toBe('Checks not measured lately')
  expect(ownHealth({ parts }, false, true, true)).toBe('Checks not measured yet')
})

test('on call now: a hole first, then you, then the first schedule; the end by its clock today', () => {
  const now = Date.parse('2026-11-23T14:00:00Z')
  const names: Record<string, string> = { p: 'Payments', l: 'Platform', i: 'Ines Okafor', t: 'Theo Lindgren' }
  const words = { me: 'me', scheduleName: (id: string) => names[id]!, personName: (id: string) => names[id]!, zone: 'UTC', now }
  const f = (all: Parameters<typeof sayOnCall>[0], expected: string | undefined) => expect(sayOnCall(all, words)?.text).toBe(expected)
  const ines = { schedule: 'p', user: 'i', until: '2026-11-30T09:00:00Z' }
  f([], undefined)
  f([ines], 'Ines Okafor until Mon 30 Nov')
  f([{ ...ines, until: null }], 'Ines Okafor')
  f([{ ...ines, until: '2026-11-23T18:00:00Z' }], 'Ines Okafor until 18:00')
  f([ines, { ...ines, schedule: 'l' }], 'Ines Okafor until Mon 30 Nov')
  f([ines, { schedule: 'l', user: 't', until: null }], 'Ines Okafor and 1 other')
  f([ines, { schedule: 'l', user: 'me', until: null }], 'You and 1 other')
  f([ines, { schedule: 'l', user: null, until: null }], 'Nobody is on call, Platform')
})
