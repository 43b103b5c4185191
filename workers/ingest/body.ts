import { Readable } from 'node:stream'
import { createBrotliDecompress, createZstdDecompress } from 'node:zlib'

export const COMPRESSED_BYTES_MAX = 10_000_000
export const BYTES_MAX = 20_000_000
/** Bodies in flight of one isolate; above it, come again later. */
const IN_FLIGHT_BYTES_MAX = 32_000_000

/** Refused while reading: the door says it in its protocol's words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: 'too-large' | 'busy' | 'encoding' | 'unreadable'
  constructor(reason: Refused['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

let inFlight = 0

/**
 * The body, decompressed as it arrives, in chunks. A zip bomb stops at BYTES_MAX of output, whatever it unpacks to. What is read
 * counts against the isolate's budget until the reader is done with it. Throws `Refused`.
 */
export async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > COMPRESSED_BYTES_MAX && request.headers.get('content-encoding')) throw tooLarge()
  if (announced > BYTES_MAX) throw tooLarge()
  if (inFlight > IN_FLIGHT_BYTES_MAX) throw new Refused('busy', 'Too many bodies at once. Send it again.')
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  let held = 0
  try {
    for await (const chunk of decoded(encoding, request.body)) {
      held += chunk.byteLength
      inFlight += chunk.byteLength
      if (held > BYTES_MAX) throw tooLarge()
      yield chunk
    }
  } catch (e) {
    if (e instanceof Refused) throw e
    throw new Refused('unreadable', `The body is not ${encoding}, or was cut.`)
  } finally {
    inFlight -= held
  }
}

function decoded(encoding: string, raw: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  if (encoding === '' || encoding === 'identity') return raw
  const body = counted(raw, COMPRESSED_BYTES_MAX)
  switch (encoding) {
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

const tooLarge = () => new Refused('too-large', 'payload reached size limit')
