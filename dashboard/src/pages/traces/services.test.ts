import { expect, test } from 'vitest'
import { colours, ownTime } from './services.ts'

test('services are coloured by their own time; past seven all have the last colour', () => {
  const spans = Array.from({ length: 9 }, (_, i) => ({ service: `s${i}`, self_ms: i }))
  const map = colours([...spans, { service: 's0', self_ms: 100 }])
  expect(map.get('s0')).toBe(1)
  expect(map.get('s8')).toBe(2)
  expect(map.get('s1')).toBe(8)
  expect(map.get('s2')).toBe(8)
  expect(ownTime([...spans, { service: 's0', self_ms: 100 }])[0]).toEqual({ service: 's0', ms: 100 })
})
