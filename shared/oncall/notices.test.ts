import { expect, test } from 'vitest'
import type { ScheduleDefinition } from './definition.ts'
import { nothingTold, noticesDue } from './notices.ts'

const t = (text: string) => Date.parse(text)
const def = (zone = 'Europe/Paris', overrides: ScheduleDefinition['overrides'] = []): ScheduleDefinition => ({
  v: 1,
  id: 's',
  name: 'Payments',
  overrides,
  versions: [
    {
      from: 0,
      zone,
      layers: [
        {
          id: 'l', name: 'Primary', calendar: null, restrictions: [],
          rotation: { type: 'daily', interval: 1, hours: null, split: null, start: t('2026-03-02T09:00:00+01:00'), end: null, participants: ['ines', 'theo'], turn: 0 },
        }, // biome-ignore format: a row
      ],
    },
  ],
})
const told = { handoffs: t('2026-03-03T06:00:00Z'), weekly: t('2026-03-02T09:00:00+01:00') }

test('an hour before their shift somebody is told, once', () => {
  const at = t('2026-03-03T07:00:00Z')
  const due = noticesDue(def(), told, at)
  expect(due.handoffs).toEqual([{ user: 'theo', from: t('2026-03-03T08:00:00Z') }])
  expect(noticesDue(def(), due.told, at + 60_000).handoffs).toEqual([])
  expect(due.lookAgain).toBe(t('2026-03-04T07:00:00Z'))
})

test('not before that hour', () => {
  const due = noticesDue(def(), { ...told, handoffs: t('2026-03-02T08:00:00Z') }, t('2026-03-03T06:59:00Z'))
  expect(due.handoffs).toEqual([])
  expect(due.lookAgain).toBe(t('2026-03-03T07:00:00Z'))
})

test('somebody who goes on is not told of it', () => {
  const cover = {
    id: 'o',
    user: 'ines',
    from: t('2026-03-03T08:00:00Z'),
    until: t('2026-03-03T20:00:00Z'),
    replaces: 'theo',
    layer: null,
    reason: 'cover' as const,
  }
  expect(noticesDue(def('Europe/Paris', [cover]), told, t('2026-03-03T07:00:00Z')).handoffs).toEqual([])
})

test('an object that was away for a day tells of what is near, not of what is over', () => {
  const due = noticesDue(def(), { ...told, handoffs: t('2026-03-03T08:00:00Z') }, t('2026-03-05T07:30:00Z'))
  expect(due.handoffs).toEqual([{ user: 'theo', from: t('2026-03-05T08:00:00Z') }])
})

test('Mondays at nine in the schedule’s zone: everybody with a shift in that week, once', () => {
  const monday = t('2026-03-09T09:00:00+01:00')
  const due = noticesDue(def(), told, monday)
  expect(due.weekly).toEqual({ monday, users: ['theo', 'ines'] })
  expect(noticesDue(def(), due.told, monday + 60_000).weekly).toBeNull()
  expect(noticesDue(def(), told, monday - 1).weekly).toBeNull()
})

test('a new schedule tells nothing of the past', () => {
  const at = t('2026-03-11T12:00:00Z')
  expect(noticesDue(def(), nothingTold(def(), at), at)).toMatchObject({ handoffs: [], weekly: null })
})
