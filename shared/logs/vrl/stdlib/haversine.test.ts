import { expect, test } from 'vitest'
import { evaluate } from '../testing.ts'
import { haversine } from './haversine.ts'

test.each([
  ['haversine(52.52, 13.405, 48.8566, 2.3522)', '{"bearing":246.743,"distance":877.4645379}'],
  [
    'haversine(0, 0, 0, 0)',
    'E110 this expression resolves to the exact type integer; but the parameter "latitude1" expects the exact type float',
  ],
  ['haversine(52.52, 13.405, 48.8566, 2.3522, measurement_unit: "miles")', '{"bearing":246.743,"distance":545.2311929}'],
])('%s', (source, expected) => {
  expect(evaluate([haversine], source)).toBe(expected)
})
