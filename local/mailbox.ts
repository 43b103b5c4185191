import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { Response as Answer, type Request as Asked } from 'miniflare'

/** One thing that would have left the building. */
export type Message = {
  id: string
  at: string
  channel: string
  to: string
  subject: string
  text: string
  html?: string
  links: { name: string; url: string }[] | string[]
  incident_id: string | null
}

/** Newest first; at most this many are kept in memory and answered. */
const KEPT = 5000

/** The mailbox: one JSON line each in a file, so that a kill -9 after our 202 loses nothing. */
export function openMailbox(file: string) {
  const messages: Message[] = existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(parsed).slice(-KEPT) : []
  return {
    messages,
    async fetch(request: Asked): Promise<Answer> {
      const { pathname } = new URL(request.url)
      if (request.method === 'POST' && pathname === '/') {
        const message = (await request.json()) as Message
        appendFileSync(file, `${JSON.stringify(message)}\n`)
        messages.push(message)
        if (messages.length > KEPT) messages.shift()
        return new Answer('accepted', { status: 202 })
      }
      if (pathname === '/mailbox.json') return Answer.json(messages.toReversed())
      return new Answer('Not found', { status: 404 })
    },
  }
}

/** A line cut by a kill -9 in the middle of a write was never answered 202. */
function parsed(line: string): Message[] {
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
