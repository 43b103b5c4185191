import type { Answer } from './guard.ts'

/** How ClickHouse ends its JSON: strict to the last character, so that no text inside the data can pass for it. */
const TAIL =
  /,\s*"rows": \d+,(?:\s*"rows_before_(?:limit_at_least|aggregation)": \d+,)*\s*"statistics":\s*\{\s*"elapsed": ([\d.e+-]+),\s*"rows_read": (\d+),\s*"bytes_read": (\d+)\s*\}\s*\}\s*$/
/** More than an ending is long; ClickHouse's are some 200 characters. */
const HELD = 2000

/**
 * An answer of ClickHouse's format JSON in our shape. One of at most `wholeMax` bytes is read to its end; a larger one leaves as it comes,
 * rewritten at both ends, so that memory holds a piece of it. Throws `Cut` with what was read when it has no end.
 */
export async function jsonAnswer(
  body: ReadableStream<Uint8Array>,
  wholeMax: number,
): Promise<{ whole: Answer } | { stream: ReadableStream<Uint8Array> }> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let bytes = 0; bytes <= wholeMax; ) {
    const { done, value } = await reader.read()
    if (done) return { whole: shaped(text + decoder.decode()) }
    bytes += value.byteLength
    text += decoder.decode(value, { stream: true })
  }
  return { stream: rewritten(reader, decoder, text.replace(/^\{\s*"meta":/, '{"columns":')) }
}

/** The answer ended in the middle: ClickHouse says why in what it wrote last. */
export class Cut extends Error {
  override readonly name = 'Cut'
  readonly text: string
  constructor(text: string) {
    super('the answer was cut')
    this.text = text
  }
}

function shaped(text: string): Answer {
  const cost = costOf(text)
  if (!cost) throw new Cut(text.slice(-HELD))
  const { meta, data } = JSON.parse(text) as { meta: Answer['columns']; data: Answer['data'] }
  return { columns: meta, data, statistics: cost.statistics }
}

function costOf(text: string) {
  const found = TAIL.exec(text.slice(-HELD))
  if (!found) return null
  const [tail, elapsed, rows, bytes] = found as unknown as [string, string, string, string]
  const statistics = { rows_read: Number(rows), bytes_read: Number(bytes), elapsed_ms: Math.round(Number(elapsed) * 1e6) / 1e3 }
  return { statistics, before: text.slice(0, text.length - tail.length) }
}

function rewritten(reader: ReadableStreamDefaultReader<Uint8Array>, decoder: TextDecoder, begun: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let text = begun
  return new ReadableStream({
    async pull(controller) {
      // the last characters are kept back: they may be the ending
      while (text.length <= HELD) {
        const { done, value } = await reader.read()
        if (!done) text += decoder.decode(value, { stream: true })
        else {
          const cost = costOf(text + decoder.decode())
          if (!cost) return controller.error(new Cut(text))
          controller.enqueue(encoder.encode(`${cost.before},"statistics":${JSON.stringify(cost.statistics)},"cached":false}`))
          return controller.close()
        }
      }
      controller.enqueue(encoder.encode(text.slice(0, -HELD)))
      text = text.slice(-HELD)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
