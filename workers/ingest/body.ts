import { Readable } from 'node:stream'
import { brotliDecompressSync, createBrotliDecompress, createZstdDecompress, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { uncompress } from 'snappyjs'
import { Refused, tooLarge } from './refused.ts'

export const COMPRESSED_BYTES_MAX = 10_000_000
export const BYTES_MAX = 20_000_000
/** What all bodies of one isolate may hold in memory; above it, come again. */
const IN_FLIGHT_BYTES_MAX = 32_000_000
/** What a body that is decoded while it arrives holds at most: a group of records, their rows, one part of the upload. */
const STREAM_BYTES = 1_500_000
/** Up to here a body whose length is known is read in one step, and unpacked in one when it does not become larger than UNPACKED_BYTES. */
const SMALL_BYTES = 256 * 1024
const UNPACKED_BYTES = 1_000_000
/** Of a refused body this much is kept for its sender to see. */
const BEGAN_BYTES = 120
/** Read from the network at once: by itself the runtime reads 4 KB, and each read is a turn of its event loop. */
const READ_BYTES = 64 * 1024

type Bytes = ReadableStream<Uint8Array>
type Coding = {
  now(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array
  stream(body: Bytes): AsyncIterable<Uint8Array>
}
const web = (format: 'gzip' | 'deflate') => (body: Bytes) =>
  read(body.pipeThrough(new DecompressionStream(format) as unknown as ReadableWritablePair<Uint8Array, Uint8Array>))
const gzip: Coding = { now: gunzipSync, stream: web('gzip') }
/** By Content-Encoding. */
const codings = new Map<string, Coding>([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', { now: inflateSync, stream: web('deflate') }],
  ['br', { now: brotliDecompressSync, stream: (body) => Readable.fromWeb(body as never).pipe(createBrotliDecompress()) }],
  ['zstd', { now: zstdDecompressSync, stream: (body) => Readable.fromWeb(body as never).pipe(createZstdDecompress()) }],
])

let inFlight = 0

/** A request's body, decompressed, within the limits of a body and of the isolate. `release` when nothing of it is needed any more. */
export class Body {
  private readonly request: Request
  private readonly encoding: string
  /** As announced; null when the sender does not know it before the end. */
  private readonly length: number | null
  private held = 0
  private head: Uint8Array | undefined
  /** Bytes so far, decompressed: what a source is charged. */
  size = 0

  constructor(request: Request) {
    this.request = request
    this.encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase()
    const announced = request.headers.get('content-length')
    this.length = announced === null ? null : Number(announced)
    if ((this.length ?? 0) > (this.plain ? BYTES_MAX : COMPRESSED_BYTES_MAX)) throw tooLarge()
  }

  /** The first characters, unpacked: for whoever wonders why it was refused. Empty while nothing was read. */
  get began(): string {
    return this.head ? new TextDecoder().decode(this.head).replaceAll('\u0000', '') : ''
  }

  release(): void {
    inFlight -= this.held
    this.held = 0
  }

  /** As it arrives. A bomb stops at BYTES_MAX of output, whatever it would unpack to. Throws `Refused`. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const { body } = this.request
    if (!body) return
    const small = await this.small()
    if (small instanceof Uint8Array) return yield small
    let seen = 0
    for await (const chunk of this.decompressed(small ?? body)) {
      seen += chunk.byteLength
      this.hold(Math.min(STREAM_BYTES, Math.max(seen, READ_BYTES)) - this.held)
      yield chunk
    }
  }

  /** The whole of it. `snappy`: the wire compresses in this way, whatever the header says. Throws `Refused`. */
  async bytes(options: { snappy?: boolean } = {}): Promise<Uint8Array> {
    const { body } = this.request
    if (!body) return new Uint8Array()
    if (options.snappy || this.encoding === 'snappy') return this.snappy(body)
    const small = await this.small()
    if (small instanceof Uint8Array) return small
    if (this.plain && this.length !== null) return this.begins(await this.raw(this.length))
    return this.collect(this.decompressed(small ?? body))
  }

  private async snappy(body: Bytes): Promise<Uint8Array> {
    if ((this.length ?? 0) > COMPRESSED_BYTES_MAX) throw tooLarge()
    const packed = this.length === null ? await this.collect(counted(body, COMPRESSED_BYTES_MAX)) : await this.raw(this.length)
    const length = snappyLength(packed)
    if (length > BYTES_MAX) throw tooLarge()
    this.size = length
    this.hold(length)
    try {
      return uncompress(packed, BYTES_MAX)
    } catch {
      throw new Refused('unreadable', 'The body is not snappy, or was cut.')
    } finally {
      this.hold(-packed.byteLength)
    }
  }

  /** A small body in one step; what it is packed in when it unpacks to more than a small body; null when it is not known to be small. */
  private async small(): Promise<Uint8Array | Bytes | null> {
    if (this.length === null || this.length > SMALL_BYTES) return null
    const raw = await this.raw(this.length)
    if (this.plain) return this.begins(raw)
    try {
      const bytes = this.coding().now(raw, { maxOutputLength: UNPACKED_BYTES })
      this.size = bytes.byteLength
      this.hold(this.size - raw.byteLength)
      return this.begins(bytes)
    } catch (e) {
      // it becomes larger than a small body
      if (e instanceof RangeError) return new Response(raw as BodyInit).body
      throw this.unreadable(e)
    }
  }

  /** As it came, all of `length` bytes. */
  private async raw(length: number): Promise<Uint8Array> {
    this.size = length
    this.hold(length)
    try {
      return new Uint8Array(await this.request.arrayBuffer())
    } catch (e) {
      throw this.unreadable(e)
    }
  }

  private async collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let length = 0
    for await (const chunk of chunks) {
      this.hold(chunk.byteLength)
      length += chunk.byteLength
      // a short read stands in a long buffer
      parts.push(2 * chunk.byteLength < chunk.buffer.byteLength ? chunk.slice() : chunk)
    }
    if (parts.length === 1) return parts[0]!
    const all = new Uint8Array(length)
    let end = 0
    for (let i = 0; i < parts.length; i++) {
      all.set(parts[i]!, end)
      end += parts[i]!.byteLength
      parts[i] = new Uint8Array()
    }
    return all
  }

  private async *decompressed(raw: Bytes): AsyncGenerator<Uint8Array> {
    let seen = 0
    try {
      for await (const chunk of this.plain ? read(raw) : this.coding().stream(counted(raw, COMPRESSED_BYTES_MAX))) {
        seen += chunk.byteLength
        this.size = seen
        if (seen > BYTES_MAX) throw tooLarge()
        yield this.begins(chunk)
      }
    } catch (e) {
      throw this.unreadable(e)
    }
  }

  private coding(): Coding {
    const coding = codings.get(this.encoding)
    if (!coding) throw new Refused('encoding', 'Content-Encoding is none of gzip, deflate, br, zstd.')
    return coding
  }

  private unreadable(e: unknown): Refused {
    return e instanceof Refused ? e : new Refused('unreadable', `The body is not ${this.encoding || 'whole'}, or was cut.`)
  }

  /** The same, its beginning kept: a copy, because a view would keep all of it alive. */
  private begins(bytes: Uint8Array): Uint8Array {
    this.head ??= bytes.slice(0, BEGAN_BYTES)
    return bytes
  }

  private get plain(): boolean {
    return this.encoding === '' || this.encoding === 'identity'
  }

  private hold(bytes: number): void {
    if (bytes > 0 && inFlight + bytes > IN_FLIGHT_BYTES_MAX) throw new Refused('busy', 'Too many bodies at once. Send it again.')
    inFlight += bytes
    this.held += bytes
  }
}

/** Larger reads than the runtime's own where the stream offers them. */
async function* read(body: Bytes): AsyncGenerator<Uint8Array> {
  let reader: ReadableStreamBYOBReader
  try {
    reader = body.getReader({ mode: 'byob' })
  } catch {
    return yield* body
  }
  try {
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(READ_BYTES))
      if (value?.byteLength) yield value
      if (done) return
    }
  } finally {
    // whoever stops early wants no more of it
    await reader.cancel().catch(() => {})
  }
}

/** The length before compression, which a snappy block begins with; infinite when there is none. */
function snappyLength(block: Uint8Array): number {
  let length = 0
  for (let i = 0; i < 5; i++) {
    const byte = block[i]
    if (byte === undefined) throw new Refused('unreadable', 'The body is not snappy, or was cut.')
    length += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return length
  }
  return Number.POSITIVE_INFINITY
}

function counted(body: Bytes, max: number): Bytes {
  let seen = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength
        if (seen > max) controller.error(tooLarge())
        else controller.enqueue(chunk)
      },
    }),
  )
}
