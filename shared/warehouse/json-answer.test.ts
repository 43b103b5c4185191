import { expect, test } from 'vitest'
import { jsonAnswer } from './json-answer.ts'

const ending = (rows: number) =>
  `\n\t],\n\n\t"rows": ${rows},\n\n\t"rows_before_limit_at_least": 9,\n\n\t"statistics":\n\t{\n\t\t"elapsed": 0.001234,\n\t\t"rows_read": 12,\n\t\t"bytes_read": 345\n\t}\n}\n`
const meta = '{\n\t"meta":\n\t[\n\t\t{ "name": "n", "type": "String" }\n\t],\n\n\t"data":\n\t[\n'
const answer = (values: string[]) => meta + values.map((n) => `\t\t${JSON.stringify({ n })}`).join(',\n') + ending(values.length)
const statistics = { rows_read: 12, bytes_read: 345, elapsed_ms: 1.234 }

/** The text in pieces of `size` bytes. */
const body = (text: string, size: number) => {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}
const read = async (text: string, size: number, wholeMax: number) => {
  const found = await jsonAnswer(body(text, size), wholeMax)
  return 'whole' in found ? found.whole : JSON.parse(await new Response(found.stream).text())
}
const expected = (values: string[]) => ({ columns: [{ name: 'n', type: 'String' }], data: values.map((n) => ({ n })), statistics })

test.each([1, 7, 100_000])('whole or as a stream, in pieces of %i bytes, it is the same answer', async (size) => {
  const values = Array.from({ length: 400 }, (_, i) => `žluťoučký ${i} ${'x'.repeat(i % 50)}`)
  expect(await read(answer(values), size, 1e6)).toEqual(expected(values))
  expect(await read(answer(values), size, 5000)).toEqual({ ...expected(values), cached: false })
})

test('no rows, and data that looks like the ending', async () => {
  expect(await read(answer([]), 10, 1e6)).toEqual(expected([]))
  const nasty = [ending(3), `"rows": 1,\n"statistics":`, ending(1).repeat(40)]
  expect(await read(answer(nasty), 64, 1e6)).toEqual(expected(nasty))
  expect(await read(answer(nasty), 64, 100)).toEqual({ ...expected(nasty), cached: false })
})

test.each([
  ['whole', 1e6],
  ['streamed', 100],
])('an answer that was cut is an error: %s', async (_, wholeMax) => {
  const cut = `${meta}\t\t{"n":"a"},\n__exception__\nCode: 159. DB::Exception: Timeout exceeded\n`
  await expect(read(cut + ' '.repeat(200), 50, wholeMax)).rejects.toThrow()
})
