import { expect, test } from 'vitest'
import type { Active } from './evaluate.ts'
import { pointsOf } from './series.ts'

const labels = { alertname: 'Hot', room: 'a' }
const active = (state: Active['state']): Active => ({
  labels,
  annotations: {},
  state,
  value: '1',
  activeAt: 60_000,
  firedAt: null,
  keepFiringSince: null,
})

test('ALERTS is 1 with the state as a label, ALERTS_FOR_STATE says since when; what changes its state ends with a stale marker', () => {
  const state = { labels: { ...labels, __name__: 'ALERTS_FOR_STATE' }, value: 60 }
  const alerts = (alertstate: string, value: 1 | 'stale') => ({ labels: { ...labels, __name__: 'ALERTS', alertstate }, value })
  expect(pointsOf({}, { k: active('pending') })).toEqual([alerts('pending', 1), state])
  expect(pointsOf({ k: active('pending') }, { k: active('firing') })).toEqual([alerts('firing', 1), state, alerts('pending', 'stale')])
  expect(pointsOf({ k: active('firing') }, {})).toEqual([alerts('firing', 'stale'), { ...state, value: 'stale' }])
})
