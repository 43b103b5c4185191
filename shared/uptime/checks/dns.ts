/** The part of a TCP connection that is used here; `connect()` of cloudflare:sockets gives one. */
export type Tcp = {
  opened: Promise<unknown>
  readable: ReadableStream<Uint8Array>
  writable: WritableStream<Uint8Array>
  close(): Promise<unknown>
}

/** The addresses of a name; empty when it has none or does not exist; null when the resolver did not say. */
export type Resolved = string[] | null

const A = 1
const TXT = 16
const AAAA = 28

/** RFC 1035 over TCP (§4.2.2): both questions on one connection. `open` connects to the resolver. */
export async function resolve(open: () => Tcp, name: string): Promise<Resolved> {
  const found = (await ask(open, name, [A, AAAA]))?.map((answer) => records(answer, addressOf))
  if (!found) return null
  return found.some((f) => f === null) ? (found.find((f) => f?.length) ?? null) : found.flatMap((f) => f ?? [])
}

/** The TXT records of a name, the parts of each joined (RFC 7208 §3.3); empty when it has none, null when the resolver did not say. */
export async function resolveTexts(open: () => Tcp, name: string): Promise<string[] | null> {
  const [answer] = (await ask(open, name, [TXT])) ?? []
  return answer ? records(answer, textOf) : null
}

/** Answers in the order in which they came; null when the resolver did not speak. */
async function ask(open: () => Tcp, name: string, types: readonly number[]): Promise<Uint8Array[] | null> {
  let socket: Tcp | undefined
  try {
    socket = open()
    const writer = socket.writable.getWriter()
    await writer.write(concat(types.map((type, i) => framed(question(i + 1, name, type)))))
    return await messages(socket.readable, types.length)
  } catch {
    return null
  } finally {
    await socket?.close().catch(() => {})
  }
}

function question(id: number, name: string, type: number): Uint8Array {
  const labels = name
    .replace(/\.$/, '')
    .split('.')
    .map((label) => new TextEncoder().encode(label))
  if (labels.some((l) => l.length < 1 || l.length > 63)) throw new Error('not a name')
  const names = labels.flatMap((l) => [l.length, ...l])
  // one question, recursion desired
  return Uint8Array.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...names, 0, 0, type, 0, 1])
}
const framed = (message: Uint8Array) => concat([Uint8Array.from([message.length >> 8, message.length & 255]), message])

async function messages(readable: ReadableStream<Uint8Array>, count: number): Promise<Uint8Array[]> {
  const reader = readable.getReader()
  const out: Uint8Array[] = []
  let held = new Uint8Array(0)
  while (out.length < count) {
    const { done, value } = await reader.read()
    if (done) throw new Error('the resolver hung up')
    held = concat([held, value])
    for (let size = sizeOf(held); held.length >= size; size = sizeOf(held)) {
      out.push(held.slice(2, size))
      held = held.slice(size)
    }
  }
  return out
}
const sizeOf = (held: Uint8Array) => (held.length < 2 ? Number.POSITIVE_INFINITY : 2 + ((held[0]! << 8) | held[1]!))

/** §4.1: what `read` makes of each record. Null for anything but "here they are" and "there is no such name". */
function records(message: Uint8Array, read: (type: number, data: Uint8Array) => string | null): string[] | null {
  const u16 = (at: number) => (message[at]! << 8) | message[at + 1]!
  const rcode = message[3]! & 15
  if (rcode === 3) return []
  if (rcode !== 0) return null
  let at = 12
  const skipName = () => {
    while (message[at]! > 0 && message[at]! < 192) at += message[at]! + 1
    at += message[at]! >= 192 ? 2 : 1
  }
  for (let i = u16(4); i > 0; i--) {
    skipName()
    at += 4
  }
  const found: string[] = []
  for (let i = u16(6); i > 0 && at < message.length; i--) {
    skipName()
    const [type, size] = [u16(at), u16(at + 8)]
    at += 10
    const said = read(type, message.slice(at, at + size))
    if (said !== null) found.push(said)
    at += size
  }
  return found
}

function addressOf(type: number, data: Uint8Array): string | null {
  if (type === A && data.length === 4) return data.join('.')
  if (type !== AAAA || data.length !== 16) return null
  return Array.from({ length: 8 }, (_, n) => ((data[2 * n]! << 8) | data[2 * n + 1]!).toString(16)).join(':')
}

/** §3.3.14: parts of at most 255 bytes, each after its length. */
function textOf(type: number, data: Uint8Array): string | null {
  if (type !== TXT) return null
  const parts: Uint8Array[] = []
  for (let at = 0; at < data.length; at += data[at]! + 1) parts.push(data.slice(at + 1, at + 1 + data[at]!))
  return new TextDecoder().decode(concat(parts))
}

function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
