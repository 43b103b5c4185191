import { Readable } from 'node:stream'
import { createBrotliDecompress, createZstdDecompress } from 'node:zlib'
import { uncompress } from 'snappyjs'
import { Refused, tooLarge } from './refused.ts'

export const COMPRESSED_BYTES_MAX = 10_000_000
export const BYTES_MAX = 20_000_000
/** What all bodies of one isolate may hold in memory; above it, come again. */
const IN_FLIGHT_BYTES_MAX = 32_000_000
/** What a body that is decoded while it arrives holds: a group of records, their rows, one part of the upload. */
const STREAM_BYTES = 1_500_000

let inFlight = 0

/** A request's body, decompressed, within the limits of a body and of the isolate. `release` when nothing of it is needed any more. */
export class Body {
  private readonly request: Request
  private readonly encoding: string
  private held = 0
  /** Bytes so far, decompressed: what a source is charged. */
  size = 0

  constructor(request: Request) {
    this.request = request
    this.encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase()
    const announced = Number(request.headers.get('content-length') ?? 0)
    if (announced > (this.plain ? BYTES_MAX : COMPRESSED_BYTES_MAX)) throw tooLarge()
  }

  release(): void {
    inFlight -= this.held
    this.held = 0
  }

  /** As it arrives. A bomb stops at BYTES_MAX of output, whatever it would unpack to. Throws `Refused`. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    if (!this.request.body) return
    this.hold(STREAM_BYTES)
    yield* this.decompressed(this.request.body)
  }

  /** The whole of it. `snappy`: the wire compresses in this way, whatever the header says. Throws `Refused`. */
  async bytes(options: { snappy?: boolean } = {}): Promise<Uint8Array> {
    if (!this.request.body) return new Uint8Array()
    if (!options.snappy && this.encoding !== 'snappy') return this.collect(this.decompressed(this.request.body))
    const packed = await this.collect(counted(this.request.body, COMPRESSED_BYTES_MAX))
    if (snappyLength(packed) > BYTES_MAX) throw tooLarge()
    this.size = snappyLength(packed)
    this.hold(this.size)
    try {
      return uncompress(packed, BYTES_MAX)
    } catch {
      throw new Refused('unreadable', 'The body is not snappy, or was cut.')
    } finally {
      this.free(packed.byteLength)
    }
  }

  private async collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let length = 0
    for await (const chunk of chunks) {
      this.hold(chunk.byteLength)
      length += chunk.byteLength
      parts.push(chunk)
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

  private async *decompressed(raw: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    let seen = 0
    try {
      for await (const chunk of this.decoder(raw)) {
        seen += chunk.byteLength
        this.size = seen
        if (seen > BYTES_MAX) throw tooLarge()
        yield chunk
      }
    } catch (e) {
      if (e instanceof Refused) throw e
      throw new Refused('unreadable', `The body is not ${this.encoding || 'whole'}, or was cut.`)
    }
  }

  private decoder(raw: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
    if (this.plain) return raw
    const body = counted(raw, COMPRESSED_BYTES_MAX)
    switch (this.encoding) {
      case 'gzip':
      case 'x-gzip':
        return body.pipeThrough(new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)
      case 'deflate':
        return body.pipeThrough(new DecompressionStream('deflate') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)
      case 'br':
        return Readable.fromWeb(body as never).pipe(createBrotliDecompress())
      case 'zstd':
        return Readable.fromWeb(body as never).pipe(createZstdDecompress())
      default:
        throw new Refused('encoding', 'Content-Encoding is none of gzip, deflate, br, zstd.')
    }
  }

  private get plain(): boolean {
    return this.encoding === '' || this.encoding === 'identity'
  }

  private hold(bytes: number): void {
    if (inFlight + bytes > IN_FLIGHT_BYTES_MAX) throw new Refused('busy', 'Too many bodies at once. Send it again.')
    inFlight += bytes
    this.held += bytes
  }

  private free(bytes: number): void {
    inFlight -= bytes
    this.held -= bytes
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

function counted(body: ReadableStream<Uint8Array>, max: number): ReadableStream<Uint8Array> {
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
