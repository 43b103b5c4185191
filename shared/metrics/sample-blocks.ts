/** Samples of one series as they are stored: times (epoch ms) ascending and distinct. */
export type SampleBlock = {
  fingerprint: bigint
  times: Float64Array
  values: Float64Array
  /** `null` where all are numbers; else FLOAT or STALE for each. */
  kinds: Uint8Array | null
  /** Epoch ms, 0 where not known; `null` where none is or they were not asked for. */
  starts: Float64Array | null
  /** At one time it has two different values: which of them counts has to be asked for. */
  doubtful: boolean
}

const BYTES = { UInt32: 4, Float64: 8 } as const
type NumberType = keyof typeof BYTES

/**
 * Decodes ClickHouse's Native format with the columns UInt64 (fingerprint), Array(UInt32 or Float64) (milliseconds since `from`),
 * Array(Float64) (values) and perhaps Array(Float64) (starts, epoch ms), block by block as they arrive: a column lies in one piece, so
 * nothing is copied but once into place. What ends early or is something else (an error in the middle of an answer) is thrown.
 */
export async function* sampleBlocks(stream: ReadableStream<Uint8Array>, from: number): AsyncGenerator<SampleBlock[]> {
  const bytes = new Bytes(stream)
  try {
    while (!(await bytes.ended())) {
      const columns = await bytes.varint()
      const rows = await bytes.varint()
      if (columns !== 3 && columns !== 4) throw new Error('The answer of the warehouse has other columns')
      await column(bytes, 'UInt64')
      const fingerprints = new BigUint64Array(await bytes.take(8 * rows))
      const at = await array(bytes, rows)
      const value = await array(bytes, rows)
      const start = columns === 4 ? await array(bytes, rows) : null
      yield seriesOf(fingerprints, at.ends, timesOf(at, from), floatsOf(value), start && floatsOf(start))
    }
  } finally {
    await bytes.cancel()
  }
}

async function column(bytes: Bytes, ...types: string[]): Promise<string> {
  await bytes.text()
  const type = await bytes.text()
  if (!types.includes(type)) throw new Error('The answer of the warehouse has other columns')
  return type
}

type ArrayColumn = { type: NumberType; ends: Uint32Array; data: ArrayBuffer }

/** `ends[2 * i]`: where in `data` row i ends; every second word is the upper half of 64 bits. */
async function array(bytes: Bytes, rows: number): Promise<ArrayColumn> {
  const type = (await column(bytes, 'Array(UInt32)', 'Array(Float64)')).slice(6, -1) as NumberType
  const ends = new Uint32Array(await bytes.take(8 * rows))
  return { type, ends, data: await bytes.take(BYTES[type] * (rows ? (ends[2 * rows - 2] as number) : 0)) }
}

function floatsOf({ type, data }: ArrayColumn): Float64Array {
  if (type !== 'Float64') throw new Error('The answer of the warehouse has other columns')
  return new Float64Array(data)
}

function timesOf({ type, data }: ArrayColumn, from: number): Float64Array {
  const since = type === 'UInt32' ? new Uint32Array(data) : new Float64Array(data)
  const times = new Float64Array(since.length)
  for (let i = 0; i < times.length; i++) times[i] = (since[i] as number) + from
  return times
}

function seriesOf(
  fingerprints: BigUint64Array,
  ends: Uint32Array,
  times: Float64Array,
  values: Float64Array,
  starts: Float64Array | null,
): SampleBlock[] {
  const kinds = kindsOf(values)
  const found: SampleBlock[] = []
  let begin = 0
  for (let i = 0; i < fingerprints.length; i++) {
    const end = ends[2 * i] as number
    const itsKinds = kinds?.subarray(begin, end)
    const itsStarts = starts?.subarray(begin, end)
    found.push(
      inOrder({
        fingerprint: fingerprints[i] as bigint,
        times: times.subarray(begin, end),
        values: values.subarray(begin, end),
        kinds: itsKinds?.includes(1) ? itsKinds : null,
        starts: itsStarts?.some((start) => start > 0) ? itsStarts : null,
      }),
    )
    begin = end
  }
  return found
}

/** Stale markers are told by their bits, which JavaScript need not keep once a NaN has been a number. */
function kindsOf(values: Float64Array): Uint8Array | null {
  let kinds: Uint8Array | null = null
  let words: Uint32Array | null = null
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) continue
    words ??= new Uint32Array(values.buffer)
    if (words[2 * i] !== 2 || words[2 * i + 1] !== 0x7ff00000) continue
    kinds ??= new Uint8Array(values.length)
    kinds[i] = 1
  }
  return kinds
}

/** Rows come as the parts of the table have them: each in order, one after the other. What was stored twice is one sample. */
function inOrder(block: Omit<SampleBlock, 'doubtful'>): SampleBlock {
  const { times } = block
  let ascending = true
  for (let i = 1; i < times.length; i++) {
    if ((times[i] as number) > (times[i - 1] as number)) continue
    ascending = false
    break
  }
  if (ascending) return { ...block, doubtful: false }
  const order = merged(times)
  const sorted = <T extends Float64Array | Uint8Array>(column: T): T => column.map((_, i) => column[order[i] as number] as number) as T
  const columns = {
    times: sorted(times),
    values: sorted(block.values),
    kinds: block.kinds && sorted(block.kinds),
    starts: block.starts && sorted(block.starts),
  }
  const all = [columns.values, columns.kinds, columns.starts].filter((column) => column !== null)
  let kept = 0
  let doubtful = false
  for (let i = 0; i < order.length; i++) {
    if (kept > 0 && columns.times[i] === columns.times[kept - 1]) {
      if (all.some((column) => !Object.is(column[i], column[kept - 1]))) doubtful = true
      continue
    }
    columns.times[kept] = columns.times[i] as number
    for (const column of all) column[kept] = column[i] as number
    kept++
  }
  const cut = <T extends Float64Array | Uint8Array>(column: T): T => column.subarray(0, kept) as T
  const { kinds, starts } = columns
  return {
    fingerprint: block.fingerprint,
    times: cut(columns.times),
    values: cut(columns.values),
    kinds: kinds && cut(kinds),
    starts: starts && cut(starts),
    doubtful,
  }
}

/** Indexes in the order of times: ascending runs are merged two by two, which costs little for the few there are. */
function merged(times: Float64Array): Uint32Array {
  let order = Uint32Array.from(times.keys())
  let runs = [0]
  for (let i = 1; i < times.length; i++) if ((times[i] as number) < (times[i - 1] as number)) runs.push(i)
  let other = new Uint32Array(order.length)
  while (runs.length > 1) {
    const next: number[] = []
    for (let r = 0; r < runs.length; r += 2) {
      const begin = runs[r] as number
      const middle = runs[r + 1] ?? order.length
      const end = runs[r + 2] ?? order.length
      next.push(begin)
      let [a, b] = [begin, middle]
      for (let to = begin; to < end; to++) {
        const left = a < middle && (b >= end || (times[order[a] as number] as number) <= (times[order[b] as number] as number))
        other[to] = order[left ? a++ : b++] as number
      }
    }
    ;[order, other] = [other, order]
    runs = next
  }
  return order
}

const decoder = new TextDecoder()

/** A stream read by counts of bytes; each piece is copied once, into a buffer of its own. */
class Bytes {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader()
  }

  cancel = (): Promise<void> => this.#reader.cancel().catch(() => {})

  async ended(): Promise<boolean> {
    return this.#at >= this.#chunk.length && !(await this.#more())
  }

  async take(length: number): Promise<ArrayBuffer> {
    const out = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      if (this.#at >= this.#chunk.length && !(await this.#more())) throw new Error('The answer of the warehouse ended early')
      const part = this.#chunk.subarray(this.#at, this.#at + length - filled)
      out.set(part, filled)
      filled += part.length
      this.#at += part.length
    }
    return out.buffer
  }

  async varint(): Promise<number> {
    let value = 0
    for (let shift = 0; shift <= 28; shift += 7) {
      if (this.#at >= this.#chunk.length && !(await this.#more())) throw new Error('The answer of the warehouse ended early')
      const byte = this.#chunk[this.#at++] as number
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    throw new Error('The answer of the warehouse is not in its native format')
  }

  async text(): Promise<string> {
    const length = await this.varint()
    if (length > 1000) throw new Error('The answer of the warehouse is not in its native format')
    return decoder.decode(await this.take(length))
  }

  async #more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#reader.read()
      if (done) return false
      this.#chunk = value
      this.#at = 0
      if (value.length) return true
    }
  }
}
