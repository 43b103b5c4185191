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
  attempt: 1,
}
type Sent = { url: string; headers: Record<string, string>; body: string }
const out = (answer: (sent: Sent) => Promise<{ status: number }>): Out => ({
  from: '',
  mail: () => Promise.reject(new Error('not mail')),
  now: () => now,
  post: (url, headers, body) => answer({ url, headers, body }),
})

test('the signature is one that a Standard Webhooks library accepts, and the page’s id is the message’s', async () => {
  const sent: Sent[] = []
  const receipt = await notify.webhook(
    page,
    out(async (s) => {
      sent.push(s)
      return { status: 204 }
    }),
  )
  expect(receipt).toMatchObject({ outcome: 'accepted', providerId: 'page-1', fault: null })
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
  expect(
    await notify.webhook(
      page,
      out(async () => ({ status })),
    ),
  ).toMatchObject({ outcome: 'failed', fault: 'theirs', detail: `the endpoint answered ${status}` })
})

test('silence is unknown, a refused connection is failed, neither throws', async () => {
  const fails = (error: Error) =>
    notify.webhook(
      page,
      out(() => Promise.reject(error)),
    )
  expect(await fails(new DOMException('late', 'TimeoutError'))).toMatchObject({ outcome: 'unknown', detail: 'no answer within 10 s' })
  expect(await fails(new Error('refused'))).toMatchObject({ outcome: 'failed', detail: 'the endpoint cannot be reached' })
})

test('a secret that is none is a failed page, not a crash', async () => {
  expect(
    await notify.webhook(
      { ...page, secret: 'whsec_%%%' },
      out(async () => ({ status: 200 })),
    ),
  ).toMatchObject({ outcome: 'failed' })
})
