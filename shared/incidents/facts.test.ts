import { expect, test } from 'vitest'
import { escalatesOf } from '../oncall/stored.ts'
import type { Reach } from './climb.ts'
import { pageOf, regionsSay, withoutScheme } from './facts.ts'
import { openLink, sealLink } from './link.ts'
import { viewOfLink } from './link-view.ts'
import { opened } from './opening.ts'
import { type PageRow, queue } from './page-state.ts'

const reach: Reach = {
  people: [
    { id: 'ines', name: 'Ines Okafor', zone: 'Europe/Paris', contacts: [{ channel: 'email', contact: 'ines@example.com' }] },
    { id: 'theo', name: 'Theo Lindgren', zone: 'UTC', contacts: [{ channel: 'email', contact: 'theo@example.com' }] },
  ],
  endpoints: [],
  urgencies: [],
  schedules: [],
  onCall: () => null,
  mark: () => 0,
}
const steps = [
  { wait_before: 0, urgency: 'high' as const, targets: [{ type: 'user' as const, id: 'ines' }] },
  { wait_before: 180, urgency: 'high' as const, targets: [{ type: 'user' as const, id: 'theo' }] },
]
const { incident } = opened(
  {
    id: 'i',
    team: 't',
    cause: { type: 'monitor', id: 'm', name: 'API', url: 'https://api.example.com/v1?x=1' },
    what: '503 from 1 of 2 regions',
    policyId: null,
    startedAt: 0,
    verdictAt: 0,
    why: ['eu: 503', '1 of 2 failed, quorum 1', 'down: failing for 0 s'],
    votes: [
      { region: 'us', outcome: 'up', error: null, status: 200, totalMs: 1 },
      { region: 'eu', outcome: 'down', error: 'status', status: 503, totalMs: 1 },
    ],
    email: true,
  },
  { number: 3, policy: escalatesOf({ id: 'p', name: 'Payments', repeat_count: 0, steps }), at: 0 },
)
const row = (id: string, person: string): PageRow =>
  queue(
    {
      id,
      incident: 'i',
      life: 0,
      rung: 0,
      step: 1,
      channel: 'email',
      contact: `${person}@example.com`,
      person,
      endpoint: null,
      critical: true,
      wantedAt: 0,
    },
    0,
  ).page
const taken = { ...incident, taken: 1, since: 0 }

test('a page tells what, where, the verdict, who was paged and who is next', () => {
  const mine = row('1', 'ines')
  const beside = {
    team: { id: 't', name: 'Kestrel' },
    secret: null,
    report: 'r',
    more: [],
    links: { acknowledge: null, incident: 'x', monitor: null },
  }
  expect(pageOf(taken, mine, [mine], reach, beside)).toMatchObject({
    id: '1',
    incident: { number: 3, severity: 'SEV2' },
    person: { name: 'Ines Okafor', zone: 'Europe/Paris' },
    policy: 'Payments',
    facts: {
      target: 'api.example.com/v1',
      monitor: 'API',
      what: '503 from 1 of 2 regions',
      regions: 'eu Frankfurt 503; us Virginia 200',
      verdict: 'down: 1 of 2 failed, quorum 1',
      also: [],
      next: [{ who: ['Theo Lindgren'], at: 180_000 }],
    },
  })
  expect(pageOf(taken, row('2', 'theo'), [mine, row('2', 'theo')], reach, beside).facts.also).toEqual(['Ines Okafor'])
})

test.each([
  ['https://api.example.com/', 'api.example.com'],
  ['https://user:secret@api.example.com:8443/a/b?token=1', 'api.example.com:8443/a/b'],
  ['nonsense', 'nonsense'],
])('%s is told as %s: no credentials, no query', (url, told) => expect(withoutScheme(url)).toBe(told))

test('regions without a status tell their error; nothing is told of no votes', () => {
  expect(regionsSay([{ region: 'au', outcome: 'down', error: 'timeout', status: null, totalMs: 1 }])).toBe('au Sydney timeout')
  expect(regionsSay([])).toBeNull()
})

test('a link opens to what was sealed, by the same keys only', async () => {
  const keys = ['a-secret-key-of-at-least-32-characters']
  const ids = [
    '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c412',
    '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c413',
    '0193b2c4-9d1e-7c40-8f1a-5b2e7d90c414',
  ] as const
  const link = { team: ids[0], incident: ids[1], page: ids[2], person: ids[0] }
  expect(await openLink(keys, await sealLink(keys, link))).toEqual(link)
  expect(await openLink(keys, await sealLink(keys, { ...link, person: null }))).toEqual({ ...link, person: null })
  expect(await openLink(['another-secret-key-of-32-characters!!'], await sealLink(keys, link))).toBeNull()
  expect(await openLink(keys, 'hello')).toBeNull()
})

test.each([
  ['open', 'confirm'],
  ['acknowledged', 'already'],
  ['resolved', 'ended'],
] as const)('the link of an incident that is %s shows %s', (status, state) => {
  const page = row('1', 'ines')
  const i = {
    ...taken,
    status,
    acknowledgedAt: 5,
    acknowledgedBy: { type: 'user' as const, id: 'theo', name: '' },
    resolvedAt: 9,
    resolvedBy: { type: 'monitor' as const, id: 'm', name: 'API' },
  }
  const view = viewOfLink({ incident: i, page, pages: [page], reach, team: 'Kestrel', via: 'email' })
  expect(view).toMatchObject({ state, person: 'Ines Okafor', zone: 'Europe/Paris' })
  if (state === 'already') expect(view).toMatchObject({ by: 'Theo Lindgren', at: 5 })
  if (state === 'ended') expect(view).toMatchObject({ by: 'API', at: 9, next: [] })
})

test('the link of somebody who left is nobody’s', () => {
  expect(viewOfLink({ incident, page: row('1', 'gone'), pages: [], reach, team: 'K', via: null })).toEqual({ state: 'left' })
})
