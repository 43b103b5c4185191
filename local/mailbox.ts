import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { Response as Answer, type Request as Asked } from 'miniflare'

/** What would have left the building: one JSON line each, so that a kill -9 after our answer loses nothing. */
export function openMailbox(file: string) {
  const messages: Record<string, unknown>[] = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : []
  return {
    fetch: async (request: Asked): Promise<Answer> => {
      const { pathname } = new URL(request.url)
      if (request.method === 'POST') {
        const message = (await request.json()) as Record<string, unknown>
        appendFileSync(file, `${JSON.stringify(message)}\n`)
        messages.push(message)
        return new Answer('accepted', { status: 202 })
      }
      if (pathname === '/mailbox.json') return Answer.json(messages.toReversed())
      return new Answer('Not found', { status: 404 })
    },
  }
}
