import { expect, test } from 'vitest'
import { pageMail } from './email.ts'
import type { Page } from './page.ts'
import { clock, clockInZone, dayAndClock } from './zone.ts'

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`)
const page = (more: Partial<Page> = {}): Page => ({
  id: '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c412',
  team: { id: 't', name: 'Kestrel Pay' },
  incident: {
    id: 'i',
    number: 2481,
    title: 'Checkout API returns 503 from 3 of 4 regions',
    severity: 'SEV2',
    startedAt: at('13:13:56'),
    openedAt: at('13:14:00'),
  },
  channel: 'email',
  contact: 'ines@kestrel.example',
  secret: null,
  person: { id: 'ines', name: 'Ines Okafor', zone: 'Europe/Paris' },
  policy: 'Payments',
  step: 1,
  facts: {
    target: 'api.kestrel.example/v1/checkout',
    monitor: 'Checkout API',
    what: '503 from 3 of 4 regions',
    regions: 'us 503, eu 503, au 503; as 200',
    verdict: '3 of 4 failed, quorum 3',
    also: [],
    next: [
      { who: ['Theo Lindgren'], at: at('13:17:01') },
      { who: ['the whole team'], at: at('13:22:01') },
    ],
  },
  links: {
    acknowledge: 'https://tocsin.example/a/x',
    incident: 'https://tocsin.example/incidents/i',
    monitor: 'https://tocsin.example/monitors/m',
  },
  critical: true,
  notice: null,
  more: [],
  report: 'sealed',
  attempt: 1,
  possiblyTwice: false,
  firstAt: 0,
  ...more,
})
const mail = (more: Partial<Page> = {}) => pageMail(page(more), 'alerts@tocsin.example', at('13:14:01'))

test('the plain text says what, since when on the reader’s clock, from where, the verdict, who else', () => {
  expect(mail().text).toBe(`SEV2 Checkout API returns 503 from 3 of 4 regions

Acknowledge: https://tocsin.example/a/x
or Theo Lindgren is paged at 14:17:01.

What      api.kestrel.example/v1/checkout answers 503 from 3 of 4 regions
Since     Mon 23 Nov 14:13:56 Europe/Paris (UTC+1)
From      us 503, eu 503, au 503; as 200
Verdict   3 of 4 failed, quorum 3
Who else  only you so far; Theo Lindgren at 14:17:01, the whole team at 14:22:01

Open the incident: https://tocsin.example/incidents/i
See every check: https://tocsin.example/monitors/m

The link needs no sign-in, works until the incident resolves, and asks once more
before it does anything. You get this as step 1 of policy Payments, Kestrel Pay.
`)
})

test('the HTML says the same, for both schemes, without a script or a picture from elsewhere', () => {
  const { html } = mail()
  for (const said of [
    'Kestrel Pay',
    'INC-2481',
    'Not acknowledged',
    'Acknowledge, or Theo Lindgren is paged at 14:17:01.',
    'us 503, eu 503, au 503; as 200',
    'only you so far',
    'href="https://tocsin.example/a/x"',
  ])
    expect(html).toContain(said)
  expect(html).toContain('prefers-color-scheme:dark')
  expect(html).not.toMatch(/<script|<img|<link|url\(/)
})

test('the message carries the page’s id, the links and the incident', () => {
  expect(mail()).toMatchObject({
    id: page().id,
    to: 'ines@kestrel.example',
    from: 'alerts@tocsin.example',
    subject: 'SEV2 Checkout API returns 503 from 3 of 4 regions',
    incident_id: 'i',
    page: { number: 2481, person: 'Ines Okafor' },
    links: [{ name: 'Acknowledge' }, { name: 'Open the incident' }, { name: 'See every check' }],
  })
})

test('what people typed is text in the HTML and one line in the subject', () => {
  const title = '<b>"x"</b>\r\nBcc: everyone@example.com'
  const { html, subject } = mail({ incident: { ...page().incident, title } })
  expect(html).not.toContain('<b>')
  expect(html).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;')
  expect(subject).toBe('SEV2 <b>"x"</b> Bcc: everyone@example.com')
})

test('the last step says that nobody comes after; a declared incident has no regions and no verdict', () => {
  const facts = { target: null, monitor: null, what: 'Cards fail', regions: null, verdict: null, also: ['Theo Lindgren'], next: [] }
  const { text } = mail({ facts })
  expect(text).toContain('Acknowledge: https://tocsin.example/a/x\nNobody else is paged after you.\n\nWhat      Cards fail\nSince')
  expect(mail({ facts }).html).toContain('Acknowledge: nobody else is paged after you.')
  expect(text).toContain('Who else  Theo Lindgren\n')
  expect(text).not.toMatch(/From |Verdict/)
})

test.each([
  ['UTC', '13:13:56', '13:13:56 UTC', 'Mon 23 Nov 13:13:56 UTC'],
  ['Europe/Paris', '14:13:56', '14:13:56 Europe/Paris (UTC+1)', 'Mon 23 Nov 14:13:56 Europe/Paris (UTC+1)'],
  ['Asia/Kolkata', '18:43:56', '18:43:56 Asia/Kolkata (UTC+5:30)', 'Mon 23 Nov 18:43:56 Asia/Kolkata (UTC+5:30)'],
  ['Pacific/Auckland', '02:13:56', '02:13:56 Pacific/Auckland (UTC+13)', 'Tue 24 Nov 02:13:56 Pacific/Auckland (UTC+13)'],
])('in %s it is %s', (zone, short, named, day) => {
  expect([clock(at('13:13:56'), zone), clockInZone(at('13:13:56'), zone), dayAndClock(at('13:13:56'), zone)]).toEqual([short, named, day])
})
