import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fakeTwilio } from './twilio.ts'

/** The fake Twilio behind a real port, for processes. `before` and `after` are told of every message and call, around its being taken. */
export async function serveTwilio() {
  const twilio = fakeTwilio()
  const told = { before: async () => {}, after: async () => {} }
  const server = createServer(async (incoming, outgoing) => {
    const request = await requestOf(incoming)
    const posts = request.method === 'POST'
    if (posts) await told.before()
    const answer = await twilio.handle(request)
    if (posts) await told.after()
    if (answer === 'hang') return
    if (answer === 'break') return outgoing.destroy()
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  return {
    ...twilio,
    told,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([k, v]) => [k, String(v)]))
  return new Request(`http://twilio${incoming.url}`, { method: incoming.method ?? 'GET', headers, ...(body.length ? { body } : {}) })
}
