import { expect, test } from 'vitest'
import { sampleBlocks } from './sample-blocks.ts'

type Row = { fingerprint: bigint; since: number[]; values: number[]; starts?: number[] }
const FROM = 1_700_000_000_000
const STALE = 0x7ff0000000000002n

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)])
const text = (t: string) => [...varint(t.length), ...new TextEncoder().encode(t)]
const bytes = (array: ArrayBufferView) => [...new Uint8Array(array.buffer, array.byteOffset, array.byteLength)]

/** One block as ClickHouse writes it; a value that is a bigint is given by its bits. */
function native(rows: Row[], type: 'UInt32' | 'Float64' = 'UInt32', values?: BigUint64Array): Uint8Array {
  const ends = (of: (row: Row) => number[]) => {
    const lengths = rows.map((row) => of(row).length)
    return bytes(BigUint64Array.from(lengths, (_, i) => BigInt(lengths.slice(0, i + 1).reduce((a, b) => a + b, 0))))
  }
  const flat = (of: (row: Row) => number[]) => rows.flatMap(of)
  const since = flat((r) => r.since)
  const starts = rows.some((r) => r.starts) ? flat((r) => r.starts ?? []) : null
  const column = (name: string, of: string, data: number[]) => [...text(name), ...text(of), ...data]
  return Uint8Array.from([
    ...varint(starts ? 4 : 3),
    ...varint(rows.length),
    ...column('fingerprint', 'UInt64', bytes(BigUint64Array.from(rows, (r) => r.fingerprint))),
    ...column('t', `Array(${type})`, [
      ...ends((r) => r.since),
      ...bytes(type === 'UInt32' ? Uint32Array.from(since) : Float64Array.from(since)),
    ]),
    ...column('v', 'Array(Float64)', [...ends((r) => r.values), ...bytes(values ?? Float64Array.from(flat((r) => r.values)))]),
    ...(starts ? column('s', 'Array(Float64)', [...ends((r) => r.starts ?? []), ...bytes(Float64Array.from(starts))]) : []),
  ])
}

const stream = (body: Uint8Array, chunk: number) =>
  new ReadableStream({
    type: 'bytes',
    start(to) {
      for (let at = 0; at < body.length; at += chunk) to.enqueue(body.slice(at, at + chunk))
      to.close()
    },
  }) as ReadableStream<Uint8Array>

async function decoded(body: Uint8Array, chunk = 1 << 20) {
  const all: unknown[] = []
  for await (const block of sampleBlocks(stream(body, chunk), FROM))
    for (const s of block)
      all.push([s.fingerprint, [...s.times].map((t) => t - FROM), [...s.values], s.kinds && [...s.kinds], s.starts && [...s.starts]])
  return all
}

const rows: Row[] = [
  { fingerprint: 18446744073709551615n, since: [0, 15_000, 30_000], values: [1, 2.5, -0] },
  { fingerprint: 7n, since: [], values: [] },
  { fingerprint: 8n, since: [4_294_967_295], values: [Number.POSITIVE_INFINITY] },
]

test.each([1, 3, 7, 1 << 20])('blocks are read whatever the chunks they come in: %i bytes', async (chunk) => {
  const two = Uint8Array.from([...native(rows), ...native(rows.slice(0, 1), 'Float64')])
  expect(await decoded(two, chunk)).toEqual([
    [18446744073709551615n, [0, 15_000, 30_000], [1, 2.5, -0], null, null],
    [7n, [], [], null, null],
    [8n, [4_294_967_295], [Number.POSITIVE_INFINITY], null, null],
    [18446744073709551615n, [0, 15_000, 30_000], [1, 2.5, -0], null, null],
  ])
})

test('a stale marker is one by its bits; another NaN is a number', async () => {
  const row: Row = { fingerprint: 1n, since: [1, 2, 3], values: [0, 0, 0] }
  const bits = BigUint64Array.of(STALE, 0x7ff8000000000000n, 0x3ff0000000000000n)
  const [[, , values, kinds]] = (await decoded(native([row], 'UInt32', bits))) as [[bigint, number[], number[], number[]]]
  expect([values.slice(1), kinds]).toEqual([
    [Number.NaN, 1],
    [1, 0, 0],
  ])
})

test('starts are there where any is known', async () => {
  const known: Row[] = [
    { fingerprint: 1n, since: [1, 2], values: [1, 2], starts: [0, FROM] },
    { fingerprint: 2n, since: [1], values: [1], starts: [0] },
  ]
  expect((await decoded(native(known))).map((s) => (s as unknown[])[4])).toEqual([[0, FROM], null])
})

test('what ends early, has other columns or is an error text is thrown', async () => {
  const whole = native(rows)
  for (const cut of [1, 12, 40, whole.length - 1]) await expect(decoded(whole.slice(0, cut))).rejects.toThrow(/warehouse/)
  await expect(decoded(new TextEncoder().encode('Code: 241. DB::Exception: Memory limit exceeded'))).rejects.toThrow(/warehouse/)
  await expect(decoded(Uint8Array.from([...whole, ...new TextEncoder().encode('Code: 241')]))).rejects.toThrow(/warehouse/)
})
