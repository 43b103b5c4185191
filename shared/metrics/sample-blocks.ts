import { inOrder } from './in-order.ts'

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

/**
 * Decodes ClickHouse's Native format with the columns UInt64 (fingerprint), Array(UInt32 or Float64) (milliseconds since `from`),
 * Array(Float64) (values) and perhaps Array(Float64) (starts, epoch ms), block by block as they arrive: a column lies in one piece and
 * is copied once, into place. The columns of a block are valid until the next one is asked for, which uses their memory again. What
 * ends early or is something else (an error in the middle of an answer) is thrown.
 */
export async function* sampleBlocks(stream: ReadableStream<Uint8Array>, from: number): AsyncGenerator<SampleBlock[]> {
  const bytes = new Bytes(stream)
  const memory = {
    fingerprints: new Room(),
    ends: new Room(),
    since: new Room(),
    values: new Room(),
    starts: new Room(),
    times: new Room(),
  }
  try {
    while (!(await bytes.ended())) {
      const columns = await bytes.varint()
      const rows = await bytes.varint()
      if (columns !== 3 && columns !== 4) throw other()
      await column(bytes, 'UInt64')
      const fingerprints = new BigUint64Array(await bytes.take(8 * rows, memory.fingerprints), 0, rows)
      const at = await array(bytes, rows, memory.ends, memory.since)
      const value = await array(bytes, rows, memory.ends, memory.values)
      const start = columns === 4 ? await array(bytes, rows, memory.ends, memory.starts) : null
      if (value.type !== 'Float64' || (start && start.type !== 'Float64')) throw other()
      const n = value.length
      yield seriesOf(
        fingerprints,
        new Uint32Array(memory.ends.bytes(8 * rows), 0, 2 * rows),
        at.type === 'UInt32' ? new Uint32Array(at.data, 0, n) : new Float64Array(at.data, 0, n),
        from,
        new Float64Array(memory.times.bytes(8 * n), 0, n),
        new Float64Array(value.data, 0, n),
        start && new Float64Array(start.data, 0, n),
      )
    }
  } finally {
    await bytes.cancel()
  }
}

const other = () => new Error('The answer of the warehouse has other columns')

async function column(bytes: Bytes, ...types: string[]): Promise<string> {
  await bytes.text()
  const type = await bytes.text()
  if (!types.includes(type)) throw other()
  return type
}

/** All arrays of a block have the same lengths: `ends` is read over by the next. */
async function array(bytes: Bytes, rows: number, ends: Room, room: Room) {
  const type = await column(bytes, 'Array(UInt32)', 'Array(Float64)')
  const last = new Uint32Array(await bytes.take(8 * rows, ends), 0, 2 * rows)
  const length = rows ? (last[2 * rows - 2] as number) : 0
  const number = type === 'Array(UInt32)' ? ('UInt32' as const) : ('Float64' as const)
  return { type: number, length, data: await bytes.take((number === 'UInt32' ? 4 : 8) * length, room) }
}

/** `ends[2 * i]` is where series i ends; every second word is the upper half of 64 bits. Fills `times`. */
function seriesOf(
  fingerprints: BigUint64Array,
  ends: Uint32Array,
  since: Uint32Array | Float64Array,
  from: number,
  times: Float64Array,
  values: Float64Array,
  starts: Float64Array | null,
): SampleBlock[] {
  for (let i = 0; i < times.length; i++) times[i] = (since[i] as number) + from
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
  const words = new Uint32Array(values.buffer, 0, 2 * values.length)
  let kinds: Uint8Array | null = null
  for (let high = 1; high < words.length; high += 2) {
    if (words[high] !== 0x7ff00000 || words[high - 1] !== 2) continue
    kinds ??= new Uint8Array(values.length)
    kinds[high >> 1] = 1
  }
  return kinds
}

/** Memory that grows and is used again: new memory for each of hundreds of megabytes keeps the collector busier than the query. */
class Room {
  #buffer = new ArrayBuffer(0)

  bytes(length: number): ArrayBuffer {
    if (this.#buffer.byteLength < length) this.#buffer = new ArrayBuffer(Math.ceil(length / 4096) * 4096)
    return this.#buffer
  }
}

const decoder = new TextDecoder()

const CHUNK_BYTES = 1 << 20

/** A stream read by counts of bytes. Chunks are large because each costs workerd more than its bytes do: by default it gives 4 KB. */
class Bytes {
  readonly #reader: ReadableStreamBYOBReader
  #buffer = new ArrayBuffer(CHUNK_BYTES)
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader({ mode: 'byob' })
  }

  cancel = (): Promise<void> => this.#reader.cancel().catch(() => {})

  async ended(): Promise<boolean> {
    return this.#at >= this.#chunk.length && !(await this.#more())
  }

  /** The next bytes, at the beginning of the room's buffer. */
  async take(length: number, room = new Room()): Promise<ArrayBuffer> {
    const buffer = room.bytes(length)
    const out = new Uint8Array(buffer)
    for (let filled = 0; filled < length; ) {
      if (this.#at >= this.#chunk.length && !(await this.#more())) throw new Error('The answer of the warehouse ended early')
      const part = this.#chunk.subarray(this.#at, this.#at + length - filled)
      out.set(part, filled)
      filled += part.length
      this.#at += part.length
    }
    return buffer
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
    return decoder.decode(new Uint8Array(await this.take(length), 0, length))
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read(new Uint8Array(this.#buffer))
    if (value) {
      this.#buffer = value.buffer as ArrayBuffer
      this.#chunk = value
      this.#at = 0
    }
    return !done && value.length > 0
  }
}
