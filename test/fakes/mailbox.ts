import { Response as Answer, type Request as Asked } from 'miniflare'

/**
 * Stands where the local runner's mailbox stands: keeps what it was given, gives it back as `/mailbox.json`.
 * A message whose recipient begins with `refuse` is answered 503, one with `slow` after 3 s.
 */
export function mailbox() {
  const messages: Record<string, unknown>[] = []
  return async (request: Asked) => {
    if (request.method === 'GET') return Answer.json(messages)
    const message = (await request.json()) as Record<string, unknown>
    if (String(message.to).startsWith('refuse')) return new Answer('mailbox refuses', { status: 503 })
    if (String(message.to).startsWith('slow')) await new Promise((done) => setTimeout(done, 3000))
    messages.unshift(message)
    return new Answer('accepted', { status: 202 })
  }
}
