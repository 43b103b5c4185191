import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'

/**
 * A name server over TCP that knows only TXT records, and those by heart: `knows` maps a name to its texts. RFC 1035 §4.2.2. A name it
 * does not know does not exist; `silent.test` is never answered.
 */
export async function openDns(knows: ReadonlyMap<string, readonly string[]>): Promise<{ address: string; server: Server }> {
  const server = createServer((socket) => {
    let held = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk])
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const size = held.readUInt16BE(0)
        const answer = answerTo(held.subarray(2, 2 + size), knows)
        held = held.subarray(2 + size)
        if (answer) socket.write(framed(answer))
      }
    })
  })
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const framed = (message: Buffer) => Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message])

function answerTo(query: Buffer, knows: ReadonlyMap<string, readonly string[]>): Buffer | null {
  const labels: string[] = []
  let at = 12
  for (; query[at]! > 0; at += query[at]! + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
  const question = query.subarray(12, at + 5)
  const name = labels.join('.')
  if (name.endsWith('silent.test')) return null
  const texts = knows.get(name)
  const records = (texts ?? []).map((text) => {
    const parts = (text.match(/[\s\S]{1,255}/g) ?? ['']).map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]))
    const data = Buffer.concat(parts)
    // a pointer to the question's name, TXT, IN, 60 s
    return Buffer.concat([Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255]), data])
  })
  const head = Buffer.from([query[0]!, query[1]!, 0x81, texts ? 0x80 : 0x83, 0, 1, 0, records.length, 0, 0, 0, 0])
  return Buffer.concat([head, question, ...records])
}
