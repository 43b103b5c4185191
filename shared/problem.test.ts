import { expect, test } from 'vitest'
import * as z from 'zod'
import { fieldErrors, isProblem, Problem, problemBody, problems } from './problem.ts'

test('a problem keeps its cause to itself', () => {
  const body = problemBody(new Problem('conflict', 'Somebody was faster.', { cause: new Error('UNIQUE constraint: secret') }), 'r1')
  expect(body).toEqual({
    type: 'https://tocsin.dev/problems/conflict',
    title: 'Conflict',
    status: 409,
    code: 'conflict',
    detail: 'Somebody was faster.',
    request_id: 'r1',
  })
})

test('an unknown error says nothing of itself', () => {
  const body = problemBody(new Error('password=hunter2'), 'r1')
  expect(body.status).toBe(500)
  expect(JSON.stringify(body)).not.toContain('hunter2')
})

test('a problem that crossed RPC, where the class is lost, is still one', () => {
  expect(isProblem(Object.assign(new Error('gone'), { code: 'not-found' }))).toBe(true)
  expect(isProblem(Object.assign(new Error('x'), { code: 'toString' }))).toBe(false)
  expect(isProblem(null)).toBe(false)
})

test('every path of an invalid body is named, nothing of it is repeated', () => {
  const result = z
    .strictObject({ a: z.object({ b: z.string() }), n: z.int() })
    .safeParse({ a: { b: 1 }, n: 'secret', extra: 1, 'more.of it': 2 })
  const errors = fieldErrors(result.error!.issues as never)
  expect(errors.map((e) => e.path).sort()).toEqual(['a.b', 'extra', 'more.of it', 'n'])
  expect(JSON.stringify(errors)).not.toContain('secret')
})

test('every code has a status of its class', () => {
  for (const [status, title] of Object.values(problems)) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title.length).toBeGreaterThan(3)
  }
})
