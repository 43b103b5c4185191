import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../time.ts'
import { anotherTry, type Tries, wrong } from './tries.ts'

const at = Date.UTC(2026, 10, 23, 14, 32)
const counted = (before: Tries | undefined, now: number): Tries => {
  const next = anotherTry(before, now)
  if ('wait' in next) throw new Error(`has to wait ${next.wait}`)
  return next.count
}

test('four wrong tries pass, the fifth closes sign-in for 15 minutes, and each is told what is left', () => {
  const said: string[] = []
  let tries: Tries | undefined
  for (let n = 0; n < 5; n++) {
    tries = counted(tries, at + n)
    said.push(wrong(tries))
  }
  expect(said).toEqual([
    'E-mail and password do not match. 4 tries left, then wait 15 m.',
    'E-mail and password do not match. 3 tries left, then wait 15 m.',
    'E-mail and password do not match. 2 tries left, then wait 15 m.',
    'E-mail and password do not match. 1 try left, then wait 15 m.',
    'E-mail and password do not match. Wait 15 m, or reset the password now.',
  ])
  expect(anotherTry(tries, at + 4 + 15 * MINUTE - 1)).toEqual({ wait: 1 })
  expect(counted(tries, at + 4 + 15 * MINUTE)).toMatchObject({ tries: 6 })
})

test('waits double up to four hours', () => {
  const waits: number[] = []
  let tries: Tries | undefined
  let now = at
  for (let n = 0; n < 11; n++) {
    tries = counted(tries, now)
    waits.push(Math.max(0, tries.blocked_until - now) / MINUTE)
    now = Math.max(now, tries.blocked_until)
  }
  expect(waits).toEqual([0, 0, 0, 0, 15, 30, 60, 120, 240, 240, 240])
})

test('a day of quiet begins anew, an hour does not', () => {
  const four = { tries: 4, blocked_until: 0, at }
  expect(counted(four, at + HOUR).tries).toBe(5)
  expect(counted(four, at + DAY).tries).toBe(1)
})
