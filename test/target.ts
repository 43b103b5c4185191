import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { openDns } from './fakes/dns.ts'

declare module 'vitest' {
  interface ProvidedContext {
    target: string
    /** `host:port` of a name server; `PUT <target>/dns` with `{name: [texts]}` tells it what it knows. */
    dns: string
  }
}

type Answer = { status?: number; body?: string; afterMs?: number; location?: string; headers?: Record<string, string>; drop?: boolean }
type Script = { answers: Answer[]; asked: number; last: unknown }

/**
 * A real HTTP server to watch, told what to answer by the tests: `PUT /<name>` with a list of answers, each given once and the
 * last one for ever; `GET /<name>?asked` says how often it was asked, `?last` with which headers and body.
 */
export default async function ({ provide }: TestProject) {
  const scripts = new Map<string, Script>()
  const texts = new Map<string, string[]>()
  const dns = await openDns(texts)
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://target')
    const script = scripts.get(url.pathname) ?? { answers: [{}], asked: 0, last: null }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    if (request.method === 'PUT' && url.pathname === '/dns') {
      for (const [name, its] of Object.entries(JSON.parse(text) as Record<string, string[]>)) texts.set(name, its)
      return response.end()
    }
    if (request.method === 'PUT') {
      scripts.set(url.pathname, { answers: JSON.parse(text), asked: 0, last: null })
      return response.end()
    }
    if (url.searchParams.has('last')) return response.end(JSON.stringify(script.last))
    if (url.searchParams.has('asked')) return response.end(String(script.asked))
    script.asked++
    script.last = { headers: request.headers, body: text }
    const {
      status = 200,
      body = 'fine',
      afterMs = 0,
      location,
      headers = {},
      drop,
    } = script.answers.length > 1 ? script.answers.shift()! : script.answers[0]!
    await new Promise((done) => setTimeout(done, afterMs).unref())
    if (drop) return response.destroy()
    response.writeHead(status, { ...headers, ...(location ? { location } : {}) }).end(body)
  })
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  provide('target', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  provide('dns', dns.address)
  return () => {
    dns.server.close()
    server.closeAllConnections()
    server.close()
  }
}
