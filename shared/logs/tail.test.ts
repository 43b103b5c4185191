import { expect, test } from 'vitest'
import { FRAME_EVENTS, frameOf, isCursor, nextSeq, Recent, Seen, sameFilter, Watch } from './tail.ts'

const seen = (seq: number, message = `m${seq}`, source = 's') =>
  new Seen(seq, source, JSON.stringify({ team: 't', source_id: source, retention_days: 30, timestamp: '2026-11-23T14:00:00Z', level: 'info', service: '', message, attributes: {}, trace_id: '', span_id: '' })) // biome-ignore format: a row
const many = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => seen(from + i))
const shown = (frame: string) => {
  const { events, dropped, cursor } = JSON.parse(frame)
  return { messages: events.map((e: { message: string }) => e.message), dropped, cursor }
}

test('a frame shows the newest that fit, in order, and counts the rest', () => {
  const { messages, dropped, cursor } = shown(frameOf(many(1, 251), 7, 250))
  expect([messages.length, messages[0], messages.at(-1)]).toEqual([FRAME_EVENTS, 'm151', 'm250'])
  expect([dropped, cursor]).toEqual([157, '250'])
})

test('large events share a frame up to its size; one that is alone always fits', () => {
  const large = Array.from({ length: 30 }, (_, i) => seen(i, `${i} ${'x'.repeat(90_000)}`))
  const { messages, dropped } = shown(frameOf(large, 0, 30))
  expect(messages.length + dropped).toBe(30)
  expect([messages.length, messages.at(-1).slice(0, 2)]).toEqual([11, '29'])
  expect(shown(frameOf([seen(1, 'y'.repeat(3_000_000))], 0, 1)).messages[0]).toHaveLength(10_000)
})

test('an event says nothing of the team or of retention', () => {
  expect(Object.keys(JSON.parse(seen(1).json)).sort()).toEqual([
    'attributes', 'level', 'message', 'service', 'source_id', 'span_id', 'timestamp', 'trace_id',
  ]) // biome-ignore format: a list
})

test('those who come back get what came after their cursor, and the floor says from where nothing is missing', () => {
  const recent = new Recent(10)
  for (const s of many(11, 15)) recent.add(s)
  expect(recent.after(12).map((s) => s.seq)).toEqual([13, 14])
  expect(recent.after(99)).toEqual([])
  expect(recent.floor).toBe(10)
  for (const s of many(15, 9000)) recent.add(s)
  expect([recent.floor, recent.after(0).length, recent.after(0)[0]!.seq]).toEqual([6999, 2000, 7000])
})

test('few large records are held as well as many small ones: by their size', () => {
  const recent = new Recent(0)
  for (let i = 1; i <= 20; i++) recent.add(seen(i, 'x'.repeat(1_000_000)))
  expect(recent.after(0).length).toBe(7)
  expect(recent.floor).toBe(13)
})

test('a watch collects what its search and its sources let through; what it leaves out is counted', () => {
  const watch = new Watch({ query: 'm', sources: ['a'] }, (row) => row.message !== 'no')
  for (const [seq, message, source] of [[1, 'yes', 'a'], [2, 'no', 'a'], [3, 'yes', 'b']] as const) watch.offer(seen(seq, message, source)) // biome-ignore format: a table
  expect(watch.pending).toBe(true)
  expect(shown(watch.frame())).toEqual({ messages: ['yes'], dropped: 0, cursor: '1' })
  expect(watch.pending).toBe(false)
  watch.missed(3, 9)
  expect(shown(watch.frame())).toEqual({ messages: [], dropped: 3, cursor: '9' })
})

test('a flood costs a watch two frames of memory, and every event is shown or counted', () => {
  const watch = new Watch({ query: '', sources: null }, null)
  for (const s of many(0, 12_345)) watch.offer(s)
  const { messages, dropped } = shown(watch.frame())
  expect([messages.length, messages.at(-1), messages.length + dropped]).toEqual([100, 'm12344', 12_345])
})

test('a search that finds everything reads nothing that is not shown', () => {
  const watch = new Watch({ query: '', sources: null }, null)
  watch.offer(new Seen(1, 's', 'not JSON'))
  expect(watch.pending).toBe(true)
})

test('two who ask the same in another order share a frame', () => {
  expect(sameFilter({ query: 'x', sources: ['b', 'a'] })).toBe(sameFilter({ query: 'x', sources: ['a', 'b'] }))
  expect(sameFilter({ query: 'x', sources: null })).not.toBe(sameFilter({ query: 'x', sources: [] }))
})

test('sequence numbers rise within a millisecond, over time and when the clock steps back', () => {
  const first = nextSeq(0, 1_800_000_000_000)
  expect(nextSeq(first, 1_800_000_000_000)).toBe(first + 1)
  expect(nextSeq(first, 1_800_000_000_001)).toBe(first + 1000)
  expect(nextSeq(first, 1)).toBe(first + 1)
  expect(Number.isSafeInteger(nextSeq(0, 4_102_444_800_000))).toBe(true)
  expect([isCursor(String(first)), isCursor('x'), isCursor('')]).toEqual([true, false, false])
})
