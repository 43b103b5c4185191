import { expect, test } from 'vitest'
import type { Monitor } from '../../wire.ts'
import { saying } from './sentence.ts'

const monitor = (over: Partial<Monitor>) =>
  ({ name: 'API', status: 'up', quorum: 3, regions: ['us', 'eu', 'as', 'au'], failing_regions: [], ...over }) as Monitor

test('down says the cause and who answers again', () => {
  const m = monitor({ status: 'down', failing_regions: ['eu', 'as', 'au'] })
  expect(saying(m, { cause: '503 from 3 of 4 regions' })).toEqual({
    title: 'API is down',
    since: 'for',
    reason: '503 from 3 of 4 regions; Virginia answers',
  })
})

test('fewer failures than the quorum are shown while it is up', () => {
  expect(saying(monitor({ failing_regions: ['eu'] }), undefined).reason).toBe('Frankfurt fails; 3 of 4 are needed')
  expect(saying(monitor({}), undefined).reason).toBeNull()
})

test('every state has its sentence', () => {
  for (const status of ['up', 'down', 'validating', 'maintenance', 'paused', 'pending'] as const)
    expect(saying(monitor({ status }), undefined).title).toMatch(/^API /)
})
