import { beforeEach, describe, expect, test } from 'vitest'
import { fakePush, services } from '../../test/fakes/push.ts'
import { chats, fakeTelegram } from '../../test/fakes/telegram.ts'
import { fakeTwilio, numbers } from '../../test/fakes/twilio.ts'
import { notify, type Out } from './index.ts'
import type { ChannelName, Page, Receipt } from './page.ts'
import { applicationServerKey } from './push-crypto.ts'
import { reference } from './short.ts'

/** How the far end behaves; every channel has a contact for each. */
type Behaviour = 'fine' | 'gone' | 'busy' | 'hangs' | 'breaks'
type Ends = { contact: Record<Behaviour, string>; secret: (b: Behaviour) => string | null; heard: () => string[]; idOf: () => string[] }

const RING = ['a-key-of-at-least-thirty-two-characters']
const WEBHOOK_SECRET = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0'
let twilio: ReturnType<typeof fakeTwilio>
let telegram: ReturnType<typeof fakeTelegram>
let browser: Awaited<ReturnType<typeof fakePush>>
let server: string
let mails: { id: string; to: string; subject: string; text: string }[]
let posts: { url: string; headers: Record<string, string>; body: string }[]
let out: Out

/** As the shell answers for mail and for customers' addresses; its own time-outs are tested there (test/deliver). */
const said = (to: string, id: string): Receipt => {
  const receipt = (outcome: Receipt['outcome'], fault: Receipt['fault'], forGood = false): Receipt => ({ outcome, at: 1, providerId: outcome === 'accepted' ? id : null, detail: null, fault, forGood }) // biome-ignore format: a row
  if (to.startsWith('gone')) return receipt('failed', 'theirs', true)
  if (to.startsWith('busy')) return receipt('failed', 'ours')
  if (to.startsWith('hangs') || to.startsWith('breaks')) return receipt('unknown', 'ours')
  return receipt('accepted', null)
}
const hook = (url: string): { status: number | null; error: string | null; late: boolean } => {
  if (url.includes('gone')) return { status: 410, error: null, late: false }
  if (url.includes('busy')) return { status: 503, error: null, late: false }
  if (url.includes('hangs') || url.includes('breaks')) return { status: null, error: 'No answer within 10 s.', late: true }
  return { status: 204, error: null, late: false }
}

beforeEach(async () => {
  twilio = fakeTwilio()
  telegram = fakeTelegram()
  browser = await fakePush()
  server = await applicationServerKey(RING)
  mails = []
  posts = []
  out = {
    from: 'alerts@tocsin.example',
    async mail(mail) {
      const answer = said(mail.to, mail.id)
      if (answer.outcome !== 'failed' && !mail.to.startsWith('hangs')) mails.push(mail)
      return answer
    },
    async post(url, headers, body) {
      if (typeof body !== 'string') return browser.post(url, headers, body)
      const answer = hook(url)
      if (answer.status === 204 || url.includes('breaks')) posts.push({ url, headers, body })
      return answer
    },
    fetch: (request) => (request.url.includes('telegram') ? telegram.fetch(request) : twilio.fetch(request)),
    hooks: 'https://tocsin.example/hooks',
    twilio: { base: 'https://twilio.example', account: twilio.account, token: twilio.token, from: '+15005550000' },
    telegram: { base: 'https://telegram.example', token: telegram.token },
    push: { keys: RING, subject: 'mailto:ops@tocsin.example' },
    local: null,
    now: () => Date.now(),
  }
})

const each = (of: (b: Behaviour) => string): Ends['contact'] => ({ fine: of('fine'), gone: of('gone'), busy: of('busy'), hangs: of('hangs'), breaks: of('breaks') }) // biome-ignore format: a row
const phone = { fine: numbers.fine, gone: numbers.invalid, busy: numbers.busy, hangs: numbers.hangs, breaks: numbers.breaks }
const none = () => null
const ends: Record<ChannelName, Ends> = {
  email: { contact: each((b) => `${b}@example.com`), secret: none, heard: () => mails.map((m) => m.subject + m.text), idOf: () => mails.map((m) => m.id) },
  webhook: { contact: each((b) => `https://${b}.example/hook`), secret: () => WEBHOOK_SECRET, heard: () => posts.map((p) => p.body), idOf: () => posts.map((p) => p.headers['webhook-id']!) },
  sms: { contact: phone, secret: none, heard: () => twilio.messages.map((m) => m.body), idOf: () => twilio.messages.map((m) => m.sid) },
  voice: { contact: phone, secret: none, heard: () => twilio.calls.map((c) => c.twiml), idOf: () => twilio.calls.map((c) => c.sid) },
  push: {
    contact: each((b) => `push.example ${b}`),
    secret: (b) => JSON.stringify({ ...browser.subscription(services[b]), server }),
    heard: () => browser.shown.map((s) => JSON.stringify(s.message)),
    idOf: () => browser.shown.map((s) => s.topic),
  },
  telegram: { contact: { ...chats }, secret: none, heard: () => telegram.said.map((s) => s.text), idOf: () => telegram.said.map((_, i) => String(i + 1)) },
} // biome-ignore format: a table

const page = (channel: ChannelName, b: Behaviour, more: Partial<Page> = {}): Page => ({
  id: '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c412',
  team: { id: '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c001', name: 'Kestrel' },
  incident: { id: 'i', number: 12, title: 'Checkout returns 503', severity: 'SEV2', startedAt: 0, openedAt: 0 },
  channel,
  contact: ends[channel].contact[b],
  secret: ends[channel].secret(b),
  critical: true,
  notice: null,
  more: [],
  person: { id: 'ines', name: 'Ines', zone: 'UTC' },
  policy: 'Payments',
  step: 1,
  facts: { target: null, monitor: null, what: '503 from 3 of 4 regions', regions: null, verdict: null, also: [], next: [] },
  links: { acknowledge: 'https://tocsin.example/a/sealed', incident: 'https://tocsin.example/incidents/i', monitor: null },
  report: 'sealed-report',
  attempt: 1,
  possiblyTwice: false,
  firstAt: Date.now(),
  ...more,
})
const send = (p: Page) => notify[p.channel](p, out)
const all = Object.keys(notify) as ChannelName[]
/** What no provider's answer and no message may show. */
const secrets = () => [twilio.token, telegram.token, WEBHOOK_SECRET, ...RING]

describe.each(all)('%s', (channel) => {
  test('accepted: one message, with the incident in it and the provider’s own id in the receipt', async () => {
    const receipt = await send(page(channel, 'fine'))
    expect(receipt).toMatchObject({ outcome: 'accepted', fault: null })
    expect(receipt.providerId).toBeTruthy()
    expect(ends[channel].heard()).toHaveLength(1)
    expect(ends[channel].heard()[0]).toContain('Checkout returns 503')
  })

  test('refused for good: no further try is asked for, and it is the contact’s fault', async () => {
    expect(await send(page(channel, 'gone'))).toMatchObject({ outcome: 'failed', fault: 'theirs', forGood: true })
    expect(ends[channel].heard()).toEqual([])
  })

  test('refused for now: it is tried again', async () => {
    const receipt = await send(page(channel, 'busy'))
    expect(receipt.outcome).toBe('failed')
    expect(receipt.forGood ?? false).toBe(false)
  })

  test('hung: nobody knows, and that is said', async () => {
    expect(await send(page(channel, 'hangs'))).toMatchObject({ outcome: 'unknown', fault: channel === 'webhook' ? 'theirs' : 'ours' })
  })

  test('taken, then the connection breaks: the second try says it may be the second, or finds the first', async () => {
    const first = await send(page(channel, 'breaks'))
    expect(first.outcome).toBe('unknown')
    expect(ends[channel].heard()).toHaveLength(1)
    const second = page(channel, 'breaks', { attempt: 2, possiblyTwice: true })
    await send(second)
    // a message that can be asked for, or replaced, is there once; the others bear the same id, and these two can do neither
    if (channel === 'sms' || channel === 'push') expect(ends[channel].heard()).toHaveLength(1)
    else if (channel === 'email' || channel === 'webhook') expect(new Set(ends[channel].idOf()).size).toBe(1)
    else expect(['voice', 'telegram']).toContain(channel)
  })

  test('a long text is cut to what the provider takes', async () => {
    const title = 'Everything is broken. '.repeat(2000)
    expect(await send(page(channel, 'fine', { incident: { ...page(channel, 'fine').incident, title } }))).toMatchObject({
      outcome: 'accepted',
    })
    expect(ends[channel].heard()[0]).toContain('Everything is broken.')
  })

  test('any script, emoji and control characters arrive whole', async () => {
    const title = '支払い ❌ 👩‍🚒 naïve <b>"&\' \u0000\u202e‮ end'
    expect(await send(page(channel, 'fine', { incident: { ...page(channel, 'fine').incident, title } }))).toMatchObject({
      outcome: 'accepted',
    })
    const [heard] = ends[channel].heard()
    expect(heard).toContain('支払い ❌ 👩‍🚒 naïve')
    // no half of a surrogate pair
    expect(heard!.isWellFormed()).toBe(true)
  })

  test('neither a receipt nor a message shows a secret', async () => {
    const receipts: Receipt[] = []
    for (const b of ['fine', 'gone', 'busy', 'hangs', 'breaks'] as const) receipts.push(await send(page(channel, b)))
    out.twilio = out.twilio && { ...out.twilio, token: 'another-secret-token' }
    out.telegram = out.telegram && { ...out.telegram, token: '9:another-secret-token' }
    receipts.push(await send(page(channel, 'fine')))
    const shown = JSON.stringify(receipts) + ends[channel].heard().join()
    for (const secret of [...secrets(), 'another-secret-token']) expect(shown).not.toContain(secret)
  })

  test('several incidents in one message are all named', async () => {
    const more = [13, 14].map((number) => ({ id: `i${number}`, number, title: 'More', severity: 'SEV2' }))
    await send(page(channel, 'fine', { more }))
    if (channel !== 'email' && channel !== 'webhook') expect(ends[channel].heard()[0]).toMatch(/2 more: INC-13, INC-14/)
  })

  test('a notice says its sentence and offers nothing to acknowledge', async () => {
    await send(page(channel, 'fine', { notice: 'Your Tocsin code is 123456. It lives ten minutes.' }))
    if (channel === 'webhook') return // a policy's endpoint is told of pages only
    expect(ends[channel].heard()[0]).toContain('123456')
    expect(ends[channel].heard()[0]).not.toMatch(/sealed"|Press 1|Acknowledge/)
  })
})

describe('SMS', () => {
  test('bears the link, a reference, and where Twilio tells what became of it', async () => {
    await send(page('sms', 'fine'))
    const [message] = twilio.messages
    expect(message!.body).toContain('Acknowledge: https://tocsin.example/a/sealed')
    expect(message!.body).toContain(`ref ${reference(page('sms', 'fine'))}`)
    expect(message!.statusCallback).toBe('https://tocsin.example/hooks/twilio/status/sealed-report')
  })
})

describe('a call', () => {
  test('reads the incident out, twice, and its keys go where they are heard', async () => {
    await send(page('voice', 'fine'))
    const [call] = twilio.calls
    expect(call!.twiml.match(/<Gather/g)).toHaveLength(2)
    expect(call!.twiml).toContain('action="https://tocsin.example/hooks/twilio/keypad/sealed-report"')
    expect(call!.twiml).toContain('Press 1 to acknowledge. Press 2 to escalate. Press 3')
    expect(call!.twiml).toContain('Incident 12, severity 2: Checkout returns 503')
  })
  test('speaks no markup that somebody typed', async () => {
    await send(page('voice', 'fine', { incident: { ...page('voice', 'fine').incident, title: '</Say><Hangup/>' } }))
    expect(twilio.calls[0]!.twiml).not.toContain('<Hangup/>')
  })
})

describe('push', () => {
  test('is read by this browser alone, replaces itself, and says where it was seen', async () => {
    await send(page('push', 'fine'))
    expect(browser.shown[0]).toMatchObject({
      topic: '0193b2c49d1e7c408f1a5b2e7d90c412',
      message: {
        tag: page('push', 'fine').id,
        acknowledge: 'https://tocsin.example/a/sealed',
        report: 'https://tocsin.example/hooks/push/sealed-report',
        loud: true,
      },
    })
  })
  test('a subscription made with a key that left the ring is over', async () => {
    out.push.keys = ['another-key-of-at-least-thirty-two-chars']
    expect(await send(page('push', 'fine'))).toMatchObject({ outcome: 'failed', forGood: true })
  })
})

describe('without an account at a provider', () => {
  test.each(['sms', 'voice', 'telegram'] as const)(
    '%s is in the mailbox of one machine, labelled, and on Cloudflare says what is missing',
    async (channel) => {
      out.twilio = null
      out.telegram = null
      expect(await send(page(channel, 'fine'))).toMatchObject({
        outcome: 'failed',
        fault: 'ours',
        detail: expect.stringContaining('no account'),
      })
      const local: { channel: string; to: string; text: string }[] = []
      out.local = async (message) => {
        local.push(message)
        return { outcome: 'accepted', at: 1, providerId: message.id, detail: null, fault: null }
      }
      expect(await send(page(channel, 'fine'))).toMatchObject({ outcome: 'accepted' })
      expect(local).toMatchObject([{ channel, to: ends[channel].contact.fine, text: expect.stringContaining('Checkout returns 503') }])
    },
  )
})
