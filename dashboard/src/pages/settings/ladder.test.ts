import { expect, test } from 'vitest'
import {
  addBranch,
  addRung,
  changeRung,
  clockAfter,
  clockLines,
  emptyLadder,
  findings,
  inputOf,
  type Ladder,
  ladderOf,
  moveRung,
  removeRung,
  sameLadder,
  timesWord,
} from './ladder.ts'

const user = (id: string) => ({ type: 'user' as const, id })
const team = { type: 'team' as const, id: 'kestrel' }
const plain = { urgency: 'high', assign: 'all', repeat_count: 0, repeat_every: 60, when: null } as const
const payments: Ladder = ladderOf({
  name: 'Payments',
  repeat_count: 1,
  timezone: 'UTC',
  final_team_after: null,
  acknowledgement_timeout: null,
  policy_group_id: null,
  steps: [
    { ...plain, wait_before: 0, targets: [user('ines')] },
    { ...plain, wait_before: 180, targets: [user('theo'), { type: 'webhook', id: 'hook' }] },
    { ...plain, wait_before: 300, targets: [team] },
  ],
})
const clocks = (ladder: Ladder) => clockLines(ladder)?.map((l) => `${clockAfter(l.after)} ${l.kind}`)

test('a ladder reads as clock times, the repeat from the top, and when nobody is left', () => {
  expect(clocks(payments)).toEqual(['03:14:00 page', '03:17:00 page', '03:22:00 page', '03:22:00 again', '03:30:00 end'])
})

test('a repeat begins with the first step’s own wait', () => {
  const slow = { ...payments, rungs: payments.rungs.map((r, i) => (i === 0 ? { ...r, wait: '60' } : r)) }
  expect(clocks(slow)).toEqual(['03:15:00 page', '03:18:00 page', '03:23:00 page', '03:24:00 again', '03:32:00 end'])
})

test('without a repeat the last step is the end', () => {
  expect(clocks({ ...payments, repeats: 0 })?.at(-1)).toBe('03:22:00 end')
})

test('no clock times are shown for a wait that is no number', () => {
  for (const wait of ['', '-1', '1.5', 'soon', '86401']) {
    const bad = { ...payments, rungs: payments.rungs.map((r, i) => (i === 1 ? { ...r, wait } : r)) }
    expect(clockLines(bad), wait).toBe(null)
    expect(Object.keys(findings(bad)), wait).toEqual(['s1.wait'])
  }
})

test('past midnight the day is said', () => {
  expect(clockAfter(86_400)).toBe('03:14:00 + 1 d')
})

test('moving a rung moves whom it pages; the waits stay where they are', () => {
  const moved = moveRung(payments, 2, 0)
  expect(moved.rungs.map((r) => [r.wait, r.targets[0]!.id])).toEqual([
    ['0', 'kestrel'],
    ['180', 'ines'],
    ['300', 'theo'],
  ])
  expect(moveRung(moved, 0, 2)).toEqual(payments)
  expect(moveRung(payments, 0, 9)).toBe(payments)
})

test('removing the first rung lets the next one page at its time', () => {
  expect(removeRung(payments, 0).rungs.map((r) => r.wait)).toEqual(['0', '300'])
  expect(removeRung(payments, 1).rungs.map((r) => r.wait)).toEqual(['0', '300'])
})

test('the last rung cannot be removed', () => {
  const one = emptyLadder()
  expect(removeRung(one, 0)).toBe(one)
})

test('a new rung has a key that no other rung has or had beside it', () => {
  const ladder = addRung(removeRung(addRung(payments), 1))
  expect(new Set(ladder.rungs.map((r) => r.key)).size).toBe(ladder.rungs.length)
})

test('a policy without name or with a step that pages nobody says so', () => {
  expect(Object.keys(findings(emptyLadder()))).toEqual(['name', 's0.targets'])
  expect(findings(payments)).toEqual({})
})

test('what is sent is the wire’s shape; the team needs no id', () => {
  expect(inputOf({ ...payments, name: ' Payments ' })).toEqual({
    name: 'Payments',
    repeat_count: 1,
    timezone: 'UTC',
    final_team_after: null,
    acknowledgement_timeout: null,
    policy_group_id: null,
    steps: [
      { ...plain, wait_before: 0, targets: [{ type: 'user', id: 'ines' }] },
      { ...plain, wait_before: 180, targets: [user('theo'), { type: 'webhook', id: 'hook' }] },
      { ...plain, wait_before: 300, targets: [{ type: 'team' }] },
    ],
  })
})

test('a ladder moved there and back is unchanged', () => {
  expect(sameLadder(moveRung(moveRung(payments, 0, 1), 0, 1), payments)).toBe(true)
  expect(sameLadder(moveRung(payments, 0, 1), payments)).toBe(false)
})

test('how often the ladder is climbed, in words', () => {
  expect([0, 1, 2].map(timesWord)).toEqual(['once', 'twice', '3 times'])
})

test('repeats of a step and the whole team at the end are clock times too', () => {
  const again = changeRung({ ...payments, repeats: 0, team: '5' }, 's0', { again: 2, every: '30' })
  expect(clocks(again)).toEqual([
    '03:14:00 page', '03:14:30 page', '03:15:00 page', '03:18:00 page', '03:23:00 page', '03:28:00 page', '03:28:00 end',
  ]) // biome-ignore format: a ladder
})

test('minutes are sent as seconds, nothing as never', () => {
  expect(inputOf({ ...payments, team: '5', lapse: '30' })).toMatchObject({ final_team_after: 300, acknowledgement_timeout: 1800 })
  expect(Object.keys(findings({ ...payments, team: 'soon', lapse: '0' }))).toEqual(['team', 'lapse'])
})

test('what a condition does not ask about is not sent', () => {
  const when = { severities: ['sev1' as const], services: null, hours: null, otherwise: true }
  expect(inputOf(changeRung(payments, 's0', { when })).steps[0]!.when).toEqual({ severities: ['sev1'], otherwise: true })
})

test('a branch is two rungs that turn each other around: one of them is there at any time', () => {
  const { rungs } = addBranch(emptyLadder())
  expect(rungs).toHaveLength(3)
  const [, office, otherwise] = rungs.map((r) => r.when)
  expect(office).toMatchObject({ otherwise: false, hours: [{ from: '09:00', to: '18:00' }] })
  expect(otherwise).toEqual({ ...office, otherwise: true })
  expect(new Set(rungs.map((r) => r.key)).size).toBe(3)
})
