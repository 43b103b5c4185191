import { expect, test } from 'vitest'
import { type Rotation, turns, userOf, withParticipants } from './rotation.ts'

const t = (text: string) => Date.parse(text)
const weekly = (more: Partial<Rotation> = {}): Rotation => ({
  type: 'weekly',
  interval: 1,
  hours: null,
  split: null,
  start: t('2026-01-05T09:00:00Z'),
  end: null,
  participants: ['ines', 'theo', 'noor'],
  turn: 0,
  ...more,
})
const next = (r: Rotation, at: number, n = 4) => [...turns(r, 'UTC', at, at + 28 * 86_400_000)].slice(0, n).map((turn) => turn.user)
const thursdayOfTheo = t('2026-01-15T12:00:00Z')

test.each<[string, string[], string[]]>([
  ['somebody is added at the end', ['ines', 'theo', 'noor', 'clara'], ['theo', 'noor', 'clara', 'ines']],
  ['somebody is added in front', ['clara', 'ines', 'theo', 'noor'], ['theo', 'noor', 'clara', 'ines']],
  ['another leaves', ['theo', 'noor'], ['theo', 'noor', 'theo', 'noor']],
  ['whoever has it leaves: the next of the old order takes over', ['ines', 'noor'], ['noor', 'ines', 'noor', 'ines']],
  ['everybody changes: the first of the new', ['mei', 'clara'], ['mei', 'clara', 'mei', 'clara']],
])('%s', (_, participants, expected) => {
  expect(next(weekly(), thursdayOfTheo)[0]).toBe('theo')
  expect(next(withParticipants(weekly(), participants, 'UTC', thursdayOfTheo), thursdayOfTheo)).toEqual(expected)
})

test('nobody left: nobody has a turn', () => {
  expect(next(withParticipants(weekly(), [], 'UTC', thursdayOfTheo), thursdayOfTheo)).toEqual([])
})

test('before its start the first of the new has the first turn', () => {
  const r = withParticipants(weekly({ turn: 2 }), ['clara', 'ines'], 'UTC', t('2026-01-01T00:00:00Z'))
  expect(userOf(r, 0)).toBe('clara')
})
