import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { notify, type Out } from './index.ts'
import type { Page } from './page.ts'

const secret = `whsec_${btoa('a secret of twenty-four b')}`
const now = Date.now()
const page: Page = {
  id: 'page-1',
  team: { id: 't', name: 'Kestrel' },
  incident: { id: 'i', number: 1, title: 'API: down', severity: 'SEV2', startedAt: now, openedAt: now },
  channel: 'webhook',
  contact: 'https://example.com/hook',
  secret,
  person: null,
  policy: 'P',
  step: 1,
  facts: { target: null, monitor: null, what: 'down', regions: null, verdict: null, also: [], next: [{ who: ['Theo'], at: 0 }] },
  links: { acknowledge: 'https://tocsin.example/a/x', incident: 'https://tocsin.example/incidents/i', monitor: null },
  critical: true,
  notice: null,
  more: [],
  report: 'sealed',
  attempt: 1,
  possiblyTwice: false,
  firstAt: 0,
}
type Sent = { url: string; headers: Record<string, string>; body: string }
type Answer = Awaited<ReturnType<Out['post']>>
const answered = (status: number): Answer => ({ status, error: null, late: false })
const out = (answer: Answer, sent: Sent[] = []): Out => ({
  from: '',
  mail: () => Promise.reject(new Error('not mail')),
  now: () => now,
  fetch: () => Promise.reject(new Error('not a provider')),
  hooks: '',
  twilio: null,
  telegram: null,
  push: { keys: [], subject: '' },
  local: null,
  async post(url, headers, body) {
    sent.push({ url, headers, body: String(body) })
    return answer
  },
})

test('the signature is one that a Standard Webhooks library accepts, and the page’s id is the message’s', async () => {
  const sent: Sent[] = []
  expect(await notify.webhook(page, out(answered(204), sent))).toMatchObject({ outcome: 'accepted', providerId: 'page-1', fault: null })
  const [{ url, headers, body }] = sent as [Sent]
  expect(url).toBe('https://example.com/hook')
  expect(headers['webhook-id']).toBe('page-1')
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({
    type: 'incident.page',
    data: {
      incident: { id: 'i', team_number: 1 },
      next: [{ who: ['Theo'], at: '1970-01-01T00:00:00.000Z' }],
      links: { acknowledge: 'https://tocsin.example/a/x' },
    },
  })
})

test.each([199, 301, 302, 404, 410, 500])('%d is not taken, and the fault is theirs', async (status) => {
  expect(await notify.webhook(page, out(answered(status)))).toMatchObject({
    outcome: 'failed',
    fault: 'theirs',
    detail: `It answered ${status}.`,
  })
})

test('silence is unknown, a refused connection is failed', async () => {
  const silent = (late: boolean) => notify.webhook(page, out({ status: null, error: 'why', late }))
  expect(await silent(true)).toMatchObject({ outcome: 'unknown', detail: 'why' })
  expect(await silent(false)).toMatchObject({ outcome: 'failed', detail: 'why' })
})

test('nothing leaves unsigned', async () => {
  const sent: Sent[] = []
  expect(await notify.webhook({ ...page, secret: null }, out(answered(200), sent))).toMatchObject({ outcome: 'failed', fault: 'theirs' })
  expect(sent).toEqual([])
})
