import { expect, test } from 'vitest'
import { draftOf, fresh, layerInput } from './draft.ts'

const at = Date.parse('2026-03-25T10:00:00Z')

test('a new layer is weekly from nine o’clock on the wall clock of the zone', () => {
  expect(layerInput(fresh('Primary', at, 'Europe/Paris'), 'Europe/Paris')).toEqual({
    name: 'Primary',
    restrictions: [],
    rotation_type: 'WEEKLY',
    rotation_interval: 1,
    rotation_start: '2026-03-25T08:00:00.000Z',
    rotation_end: null,
    participants: [],
  })
})

test('a layer that is opened and saved unchanged stays what it was', () => {
  const layer = {
    id: 'l', name: 'Nights', rotation_type: 'CUSTOM', rotation_interval: 2, rotation_interval_hours: 12, rotation_split: null, rotation_start: '2026-03-29T01:30:00.000Z',
    rotation_end: '2027-01-01T00:00:00.000Z', participants: ['a', 'b'], calendar_id: null,
    restrictions: [{ days: ['mon' as const], from: '22:00', to: '06:00' }, { days: ['sun' as const], from: '09:00', to: '24:00' }],
  } // biome-ignore format: a layer
  const { calendar_id: _, rotation_split: __, ...same } = layer
  expect(layerInput(draftOf(layer, 'Europe/Paris'), 'Europe/Paris')).toEqual(same)
})

test('a split week is four days and the rest', () => {
  const split = { ...fresh('P', at, 'UTC'), split: true, interval: '2' }
  expect(layerInput(split, 'UTC')).toMatchObject({ rotation_split: [4, 10], rotation_interval: 2 })
  expect(layerInput({ ...split, interval: '1', parts: [2, 5] }, 'UTC')).toMatchObject({ rotation_split: [2, 5] })
})
