/** Whoever watches: a socket, or a stream of server-sent events for curl. */
export type Listener = WebSocket | SseStream

/** False when nobody is there any more. */
export function say(listener: Listener, text: string): boolean {
  if (listener instanceof SseStream) return listener.send(text)
  try {
    listener.send(text)
    return true
  } catch {
    listener.close(1011, 'could not be written to')
    return false
  }
}

/** Above this many unread bytes a reader is too slow and is let go; it comes back with its cursor. */
const UNREAD_BYTES_MAX = 4_000_000

/** Server-sent events: each frame's cursor is its id, so that a reader resumes by itself. */
export class SseStream {
  readonly response: Response
  private readonly encoder = new TextEncoder()
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor(left: () => void) {
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller
        },
        cancel: () => {
          this.controller = undefined
          left()
        },
      },
      { highWaterMark: UNREAD_BYTES_MAX, size: (chunk) => chunk?.byteLength ?? 0 },
    )
    this.response = new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
  }

  send(text: string): boolean {
    const cursor = text
      .match(/"cursor":"(\d+)"/g)
      ?.at(-1)
      ?.slice(10, -1)
    return this.write(`${cursor ? `id: ${cursor}\n` : ''}data: ${text}\n\n`)
  }

  /** The end of the stream; a socket's codes mean nothing here. */
  close(_code: number, _reason: string): void {
    this.controller?.close()
    this.controller = undefined
  }

  /** Keeps proxies from closing the connection. */
  ping(): boolean {
    return this.write(': ping\n\n')
  }

  private write(text: string): boolean {
    if (!this.controller) return false
    if ((this.controller.desiredSize ?? 0) <= 0) {
      this.controller.error(new Error('too slow'))
      this.controller = undefined
      return false
    }
    this.controller.enqueue(this.encoder.encode(text))
    return true
  }
}
