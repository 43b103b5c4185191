import { createHmac } from 'node:crypto'

/** One message or call that Twilio took, as its API would show it. */
export type Taken = { sid: string; to: string; from: string; body: string; twiml: string; statusCallback: string; at: number }

/** Numbers that behave: the last digit says how. Any other is taken. */
export const numbers = {
  fine: '+15005550006',
  /** 400, code 21211. */
  invalid: '+15005550001',
  /** 503. */
  busy: '+15005550002',
  /** Never answered. */
  hangs: '+15005550003',
  /** Taken, and then the connection breaks: nobody is told. */
  breaks: '+15005550004',
}

/**
 * Twilio's REST API for messages and calls, with memory: `fetch` stands where the network stands, `handle` behind a real server.
 * `signed` are headers and body of a callback as Twilio signs it.
 */
export function fakeTwilio(account = 'AC0123456789abcdef0123456789abcdef', token = 'twilio-secret-token') {
  const messages: Taken[] = []
  const calls: Taken[] = []
  const dropped = new Set<string>()
  let n = 0
  const json = (status: number, body: object) => Response.json(body, { status })

  async function handle(request: Request): Promise<Response | 'hang' | 'break'> {
    const url = new URL(request.url)
    const path = url.pathname.split(`/2010-04-01/Accounts/${account}/`)[1]
    if (request.headers.get('authorization') !== `Basic ${btoa(`${account}:${token}`)}`)
      return json(401, { status: 401, code: 20003, message: `Authenticate: ${token} is not known`, more_info: '' })
    if (path === 'Messages.json' && request.method === 'GET') {
      const found = messages.filter((m) => m.to === url.searchParams.get('To'))
      return json(200, { messages: found.map(shown), page: 0, page_size: 50, next_page_uri: null, uri: url.pathname })
    }
    const list = path === 'Messages.json' ? messages : path === 'Calls.json' ? calls : null
    if (!list || request.method !== 'POST') return json(404, { status: 404, code: 20404, message: 'Not found', more_info: '' })
    const form = new URLSearchParams(await request.text())
    const to = form.get('To') ?? ''
    if (to === numbers.invalid)
      return json(400, { status: 400, code: 21211, message: `The 'To' number ${to} is not valid for ${token}`, more_info: '' })
    if (to === numbers.busy) return json(503, { status: 503, code: 20503, message: 'Busy', more_info: '' })
    if (to === numbers.hangs) return 'hang'
    const body = form.get('Body') ?? ''
    if (body.length > 1600) return json(400, { status: 400, code: 21617, message: 'Too long', more_info: '' })
    const taken = { sid: `${list === messages ? 'SM' : 'CA'}${String(++n).padStart(32, '0')}`, to, from: form.get('From') ?? '', body, twiml: form.get('Twiml') ?? '', statusCallback: form.get('StatusCallback') ?? '', at: Date.now() } // biome-ignore format: a row
    list.push(taken)
    if (to === numbers.breaks && !dropped.has(taken.body)) {
      dropped.add(taken.body)
      return 'break'
    }
    return json(201, shown(taken))
  }

  const shown = ({ sid, to, from, body }: Taken) => ({
    sid,
    to,
    from,
    body,
    status: 'queued',
    account_sid: account,
    date_created: null,
    date_sent: null,
  })

  return {
    account,
    token,
    messages,
    calls,
    handle,
    async fetch(request: Request): Promise<Response> {
      const answer = await handle(request)
      if (answer === 'hang') throw new DOMException('The operation timed out', 'TimeoutError')
      if (answer === 'break') throw new TypeError('Network connection lost.')
      return answer
    },
    /** As Twilio calls back: X-Twilio-Signature is HMAC-SHA1 over the address and the sorted fields. */
    signed(url: string, fields: Record<string, string>): RequestInit & { headers: Record<string, string>; body: string } {
      const text = url + Object.keys(fields).sort().map((k) => k + fields[k]).join('') // biome-ignore format: one thought
      const signature = createHmac('sha1', token).update(text, 'utf8').digest('base64')
      return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature }, body: new URLSearchParams(fields).toString() } // biome-ignore format: a row
    },
  }
}

/** Where a call sends its keys. */
export const keypadOf = ({ twiml }: Taken): string => /action="([^"]+)"/.exec(twiml)?.[1]?.replaceAll('&amp;', '&') ?? ''
