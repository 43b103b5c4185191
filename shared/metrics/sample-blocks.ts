/** One series of a selection. `twins`: it has two samples of one time. */
export type SampleBlock = {
  fingerprint: bigint
  times: Float64Array
  values: Float64Array
  kinds: Uint8Array | null
  starts: Float64Array | null
  twins: boolean
}

const FIRST_BYTES = 1 << 18

/**
 * Decodes RowBinary rows (UInt64 fingerprint, Array(Float64) times, Array(Float64) values, Array(UInt8) kinds, Array(Float64)
 * starts) as they arrive; never more than one row and one chunk is held undecoded. A body that ends within a row is thrown.
 */
export class SampleBlocks implements AsyncIterable<SampleBlock> {
  #buffer = new Uint8Array(FIRST_BYTES)
  #view = new DataView(this.#buffer.buffer)
  #start = 0
  #end = 0
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SampleBlock> {
    try {
      for (;;) {
        for (let block = this.#row(); block; block = this.#row()) yield block
        const { done, value } = await this.#reader.read()
        if (done) break
        this.#append(value)
      }
      if (this.#start !== this.#end) throw new Error('The answer of the warehouse ended within a row')
    } finally {
      await this.cancel()
    }
  }

  cancel = (): Promise<void> => this.#reader.cancel().catch(() => {})

  #append(chunk: Uint8Array): void {
    const kept = this.#end - this.#start
    if (this.#end + chunk.length > this.#buffer.length) {
      const larger = kept + chunk.length > this.#buffer.length / 2 ? new Uint8Array(2 * (kept + chunk.length)) : this.#buffer
      larger.set(this.#buffer.subarray(this.#start, this.#end))
      this.#buffer = larger
      this.#view = new DataView(larger.buffer)
      this.#start = 0
      this.#end = kept
    }
    this.#buffer.set(chunk, this.#end)
    this.#end += chunk.length
  }

  /** The next row, or null while it is not there as a whole. */
  #row(): SampleBlock | null {
    let at = this.#start + 8
    const parts: { from: number; length: number }[] = []
    for (const size of [8, 8, 1, 8]) {
      let length = 0
      for (let shift = 0; ; shift += 7) {
        if (at >= this.#end) return null
        const byte = this.#buffer[at++] as number
        length += (byte & 127) * 2 ** shift
        if (byte < 128) break
        if (shift > 35) throw new Error('The answer of the warehouse is no RowBinary')
      }
      parts.push({ from: at, length })
      at += length * size
      if (at > this.#end) return null
    }
    const [times, values, kinds, starts] = parts as [Part, Part, Part, Part]
    const block = {
      fingerprint: this.#view.getBigUint64(this.#start, true),
      times: this.#floats(times),
      values: this.#floats(values),
      kinds: kinds.length ? this.#buffer.slice(kinds.from, kinds.from + kinds.length) : null,
      starts: starts.length ? this.#floats(starts) : null,
    }
    this.#start = at
    return inOrder(block)
  }

  #floats({ from, length }: Part): Float64Array {
    const out = new Float64Array(length)
    new Uint8Array(out.buffer).set(this.#buffer.subarray(from, from + 8 * length))
    return out
  }
}

type Part = { from: number; length: number }

/** Times ascending, whatever the order of the parts they were read from. */
function inOrder(block: Omit<SampleBlock, 'twins'>): SampleBlock {
  const { times } = block
  let ascending = true
  for (let i = 1; i < times.length; i++) if ((times[i] as number) <= (times[i - 1] as number)) ascending = false
  if (ascending) return { ...block, twins: false }
  const order = Uint32Array.from(times.keys()).sort((a, b) => (times[a] as number) - (times[b] as number))
  const sorted = <T extends Float64Array | Uint8Array>(column: T): T => column.map((_, i) => column[order[i] as number] as number) as T
  const found = {
    fingerprint: block.fingerprint,
    times: sorted(times),
    values: sorted(block.values),
    kinds: block.kinds && sorted(block.kinds),
    starts: block.starts && sorted(block.starts),
  }
  return { ...found, twins: found.times.some((at, i) => i > 0 && at === found.times[i - 1]) }
}
