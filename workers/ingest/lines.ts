const NEWLINE = 10

/** Lines of a body while it arrives, without their ends. A line over `bytesMax` is cut there and the rest of it yielded as `null`. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<string | null> {
  const decoder = new TextDecoder()
  let held: Uint8Array[] = []
  let length = 0
  let isOver = false
  const take = (): string | null => {
    const line = isOver ? null : decoder.decode(joined(held)).replace(/\r$/, '')
    held = []
    length = 0
    isOver = false
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end))
      yield take()
      from = end + 1
    }
    keep(chunk.slice(from))
  }
  if (length) yield take()

  function keep(part: Uint8Array) {
    length += part.length
    isOver = length > bytesMax
    if (isOver) held = []
    else if (part.length) held.push(part)
  }
}

function joined(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let end = 0
  for (const part of parts) {
    all.set(part, end)
    end += part.length
  }
  return all
}
