import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    target: string
  }
}

type Answer = { status?: number; body?: string; afterMs?: number; location?: string; drop?: boolean }

/**
 * A real HTTP server to watch, told what to answer by the tests: `PUT /<name>` with a list of answers, each given once and the
 * last one for ever; `GET /<name>?asked` says how often it was asked.
 */
export default async function ({ provide }: TestProject) {
  const scripts = new Map<string, { answers: Answer[]; asked: number }>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://target')
    const script = scripts.get(url.pathname) ?? { answers: [{}], asked: 0 }
    if (request.method === 'PUT') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      scripts.set(url.pathname, { answers: JSON.parse(Buffer.concat(chunks).toString()), asked: 0 })
      return response.end()
    }
    if (url.searchParams.has('asked')) return response.end(String(script.asked))
    script.asked++
    const {
      status = 200,
      body = 'fine',
      afterMs = 0,
      location,
      drop,
    } = script.answers.length > 1 ? script.answers.shift()! : script.answers[0]!
    await new Promise((done) => setTimeout(done, afterMs).unref())
    if (drop) return response.destroy()
    response.writeHead(status, location ? { location } : {}).end(body)
  })
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  provide('target', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => {
    server.closeAllConnections()
    server.close()
  }
}
