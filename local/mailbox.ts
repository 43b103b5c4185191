import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Response as Answer, type Request as Asked } from 'miniflare'
import type { PageFacts } from '../shared/notify/mail.ts'
import { mailboxPage } from './mailbox-page.ts'

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
  from?: string
  page?: PageFacts
}

/** Newest first; at most this many are kept in memory and answered. */
const KEPT = 5000

/** The mailbox: one JSON line each in a file, so that a kill -9 after our 202 loses nothing. */
export function openMailbox(file: string) {
  const messages: Message[] = existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(parsed).slice(-KEPT) : []
  return {
    messages,
    async fetch(request: Asked): Promise<Answer> {
      const { pathname, searchParams } = new URL(request.url)
      if (request.method === 'POST' && pathname === '/') {
        const message = (await request.json()) as Message
        appendFileSync(file, `${JSON.stringify(message)}\n`)
        messages.push(message)
        if (messages.length > KEPT) messages.shift()
        return new Answer('accepted', { status: 202 })
      }
      if (request.method === 'POST' && pathname === '/mailbox/empty') {
        // another site's page must not be able to empty it
        const origin = request.headers.get('origin')
        if (origin && new URL(origin).host !== new URL(request.url).host) return new Answer('Another origin', { status: 403 })
        messages.length = 0
        writeFileSync(file, '')
        return new Answer(null, { status: 303, headers: { location: '/mailbox' } })
      }
      if (pathname === '/mailbox.json') return Answer.json(searchParams.has('newest') ? messages.slice(-1) : messages.toReversed())
      if (pathname === '/mailbox' || pathname === '/mailbox/')
        return new Answer(mailboxPage(messages, new URL(request.url)), {
          headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
        })
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
