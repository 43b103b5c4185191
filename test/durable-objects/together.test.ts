import { expect, test } from 'vitest'
import { Together } from '../../durable-objects/together.ts'

/** Calls that wait until they are let go, in order. */
function held() {
  const calls: { items: string[]; go: () => void; fail: (e: Error) => void }[] = []
  const call = (items: string[]) =>
    new Promise<void>((ok, no) => {
      calls.push({ items, go: ok, fail: no })
    })
  return { calls, call }
}
const turn = () => new Promise((done) => setTimeout(done, 0))

test('what comes while a call is on its way leaves together with the next, and each returns when its own call does', async () => {
  const { calls, call } = held()
  const together = new Together(100, call)
  const done: string[] = []
  const join = (item: string) => together.join(item, 1).then(() => done.push(item))
  const first = join('a')
  await turn()
  const others = [join('b'), join('c')]
  await turn()
  expect(calls.map((c) => c.items)).toEqual([['a']])
  calls[0]!.go()
  await first
  await turn()
  expect(calls.map((c) => c.items)).toEqual([['a'], ['b', 'c']])
  expect(done).toEqual(['a'])
  calls[1]!.go()
  await Promise.all(others)
  expect(done).toEqual(['a', 'b', 'c'])
})

test('a call that fails is told to all whose items it carried, and to nobody else', async () => {
  const { calls, call } = held()
  const together = new Together(100, call)
  const first = together.join('a', 1)
  await turn()
  const [second, third] = [together.join('b', 1), together.join('c', 1)]
  const told = Promise.allSettled([first, second, third])
  calls[0]!.go()
  await first
  await turn()
  calls[1]!.fail(new Error('full'))
  expect((await told).map((t) => t.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  const next = together.join('d', 1)
  await turn()
  expect(calls[2]!.items).toEqual(['d'])
  calls[2]!.go()
  await next
})

test('more than fits goes in calls one after another, nothing is left out', async () => {
  const { calls, call } = held()
  const together = new Together(10, call)
  const all = ['a', 'b', 'c', 'd', 'e'].map((item) => together.join(item, 4))
  for (let i = 0; i < 3; i++) {
    await expect.poll(() => calls.length).toBe(i + 1)
    calls[i]!.go()
  }
  await Promise.all(all)
  expect(calls.map((c) => c.items)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
})
