import { expect, test } from 'vitest'
import { alertDefaults } from './defaults.ts'
import { ruleOf } from './definition.ts'
import { evaluate, newState } from './evaluate.ts'
import { noticesOf } from './notices.ts'

const rule = ruleOf('r1', {
  ...alertDefaults,
  name: 'Hot',
  query: 'temperature',
  condition: 'GT',
  threshold: 90,
  annotations: { summary: 'hot' },
})
const at = (before: typeof newState, instant: number, rooms: Record<string, number>) =>
  evaluate(rule, before, { at: instant, samples: Object.entries(rooms).map(([room, value]) => ({ labels: { room }, value })) })

test('what begins to fire at one instant is one notice, what ceases another; nobody listed, nothing said', () => {
  const fired = at(newState, 1000, { a: 95, b: 99, c: 1 })
  const [notice, ...none] = noticesOf(rule, ['w1'], fired)
  expect(none).toEqual([])
  expect(notice).toMatchObject({
    id: 'r1:alert.firing:1000',
    type: 'alert.firing',
    channels: ['w1'],
    data: {
      alert: { id: 'r1', name: 'Hot', query: 'temperature' },
      series_count: 2,
      series: [{ labels: { room: 'a' }, annotations: { summary: 'hot' }, value: '95' }, {}],
    },
  })
  expect(noticesOf(rule, ['w1'], at(fired.state, 2000, { a: 96, b: 99 }))).toEqual([])
  expect(noticesOf(rule, ['w1'], at(fired.state, 2000, { a: 96 }))).toMatchObject([
    { type: 'alert.resolved', at: 2000, data: { series: [{ labels: { room: 'b' } }] } },
  ])
  expect(noticesOf(rule, [], fired)).toEqual([])
})
