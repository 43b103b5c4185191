import { expect, test } from 'vitest'
import { draftOf } from './draft.ts'
import { nextWindow, sayHow, sayRequest, sayWindow } from './form-words.ts'
import { ladderWords } from './ladder-words.ts'

const draft = draftOf(null, 'Europe/Paris')

test('a closed fold says its present value', () => {
  expect(sayRequest(draft)).toBe('GET, no headers, no body')
  expect(sayRequest({ ...draft, method: 'POST', body: '{}', headers: [{ key: 0, name: 'a', value: '1' }] })).toBe('POST, 1 header, a body')
  expect(sayHow(draft)).toBe('at once, up again after 3 m')
  expect(sayWindow(draft)).toBe('none')
  expect(sayWindow({ ...draft, window: true })).toBe('Tue 02:00 to 03:00')
})

test('a window over midnight says so', () => {
  expect(nextWindow({ ...draft, window: true, from: '23:00', to: '01:00' })).toBe('Tue 23:00 to 01:00 the next day Europe/Paris.')
})

test('a policy reads as a sentence', () => {
  const members = [{ user_id: 'a', name: 'Ines Okafor' }]
  const step = (wait_before: number, type: 'user' | 'team', id: string) => ({
    wait_before,
    urgency: 'high',
    targets: [{ type, id }],
    assign: 'all' as const,
    repeat_count: 0,
    repeat_every: 60,
    when: null,
  })
  expect(ladderWords({ steps: [step(0, 'user', 'a'), step(180, 'team', 't')] }, members)).toBe('Ines Okafor, after 3 m the team.')
  expect(ladderWords({ steps: [step(60, 'user', 'gone')] }, members)).toBe('After 1 m somebody who left.')
})
