import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test, vi } from 'vitest'
import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { touchPages } from '../../shared/status-pages/store.ts'
import { monitorHeads } from '../../shared/uptime/table.ts'
import { publicPage } from '../../workers/status/public.ts'
import { aTeam, env, signedIn } from '../given.ts'
import { aMonitor, aName, aPage, aResource, checked, stored, type Team } from './given.ts'

const MIN = 60_000
const DAY = 86_400_000

async function get(url: string, init?: RequestInit) {
  const r = await (exports as unknown as { default: Fetcher }).default.fetch(new Request(url, { redirect: 'manual', ...init }))
  return { status: r.status, headers: r.headers, text: await r.text() }
}
const at = (page: { subdomain: string }, path = '/') => `http://localhost/s/${page.subdomain}${path}`
/** The door as a function, with parts of its surroundings broken. */
async function visit(url: string, broken: Partial<Env>) {
  const ctx = createExecutionContext()
  const r = await publicPage(new Request(url), { ...env, ...broken }, ctx)
  const text = await r.text()
  await waitOnExecutionContext(ctx)
  return { status: r.status, headers: r.headers, text }
}
const report = async (t: Team, page: string, more: object) =>
  (
    await t.api('POST', `/api/status-pages/${page}/reports`, {
      title: 'Some card payments fail',
      type: 'incident',
      message: 'We look.',
      ...more,
    })
  ).body

test('a page answers under /s/, under the status domain and under its own domain, each with its own links', async () => {
  const t = await aTeam()
  const custom_domain = `${aName()}.example.com`
  const page = await aPage(t, { custom_domain })
  await aResource(t, page.id)
  const [a, b, c] = [
    await get(at(page)),
    await get(`http://${page.subdomain}.${env.STATUS_DOMAIN}/`),
    await get(`http://${custom_domain}/`),
  ]
  expect([a.status, b.status, c.status]).toEqual([200, 200, 200])
  for (const { text } of [a, b, c]) expect(text).toContain('<h1>All services are up</h1>')
  expect(a.text).toContain(`href="/s/${page.subdomain}/history"`)
  expect(b.text).toContain('href="/history"')
  expect(c.text).toContain('href="/history"')
  expect((await get(`http://${custom_domain}/feed.atom`)).text).toContain(`href="http://${custom_domain}/feed.atom"`)
  expect((await get(`http://localhost/s/${page.subdomain}`)).headers.get('location')).toBe(at(page))
})

test('unknown, unpublished, unproven and deleted are the same 404, which says nothing', async () => {
  const t = await aTeam()
  const custom_domain = `${aName()}.example.com`
  const unpublished = await aPage(t, { published: false, custom_domain })
  const deleted = await aPage(t)
  await t.api('DELETE', `/api/status-pages/${deleted.id}`)
  const unproven = `${aName()}.example.com`
  const page = await aPage(t, { custom_domain: unproven })
  await env.DB.prepare('UPDATE status_pages SET custom_domain_verified = 0 WHERE id = ?').bind(page.id).run()
  const names = [at(unpublished), at(deleted), at({ subdomain: aName() }), 'http://localhost/s/<script>/', 'http://localhost/s/www/']
  const hosts = [
    `http://${unpublished.subdomain}.${env.STATUS_DOMAIN}/`,
    `http://${custom_domain}/`,
    `http://${unproven}/`,
    'http://10.0.0.1/',
  ]
  for (const url of [...names, ...hosts]) {
    const r = await get(url)
    expect([url, r.status]).toEqual([url, 404])
    expect(r.text).toContain('<h1>There is no status page here</h1>')
    expect(r.text).not.toContain('Kestrel')
    expect(r.text).not.toContain('<script')
  }
  for (const path of ['/history', '/feed.rss', '/api/v2/summary.json', '/incidents/x'])
    expect((await get(at(unpublished, path))).status).toBe(404)
  for (const path of ['/nothing', '/api/v2/secrets.json', `/incidents/${newId()}`]) expect((await get(at(page, path))).status).toBe(404)
  const strip = (text: string) => text.replace(/<p class="t3">.*?<\/p>/, '')
  expect(strip((await get(at(unpublished))).text)).toBe(strip((await get(at({ subdomain: aName() }))).text))
})

test('no script can run, nobody but the dashboard frames it, and only data answers other origins', async () => {
  const page = await aPage(await aTeam())
  const html = await get(at(page))
  const policy = html.headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'none'", "script-src 'none'", 'frame-ancestors http://localhost', "base-uri 'none'"])
    expect(policy).toContain(part)
  expect(policy).not.toContain('unsafe')
  expect(html.headers.get('x-content-type-options')).toBe('nosniff')
  expect(html.headers.get('set-cookie')).toBe(null)
  expect(html.text).not.toMatch(/<script|javascript:| on\w+=| style=/i)
  const style = html.text.match(/<style>([\s\S]*?)<\/style>/)![1]!
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  expect(policy).toContain(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`)
  expect(html.headers.get('access-control-allow-origin')).toBe(null)
  for (const path of ['/feed.rss', '/feed.atom', '/api/v2/summary.json']) {
    const { headers } = await get(at(page, path))
    expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual(['*', null])
  }
  expect((await get(at(page), { method: 'POST', body: 'x' })).status).toBe(405)
  expect(await get(at(page), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
})

test('whatever people type is text: in HTML, feeds and JSON', async () => {
  const t = await aTeam()
  const evil = `</title></style><script>alert(1)</script><img src=x onerror=alert(1)>"'&]]>\u{1f525}`
  const page = await aPage(t, { name: evil })
  const section = (await t.api('POST', `/api/status-pages/${page.id}/sections`, { name: evil })).body
  const resource = await aResource(t, page.id, { public_name: evil, section_id: section.id })
  const message = `${evil}\nsee https://x.example/a?b=1&c="><script>alert(2)</script> and javascript:alert(3)\u0000\u0008`
  const { id } = await report(t, page.id, { title: evil, message, affected: [{ resource_id: resource.id, status: 'downtime' }] })
  for (const path of ['/', '/history', `/incidents/${id}`]) {
    const { status, text } = await get(at(page, path))
    expect([path, status]).toEqual([path, 200])
    expect(text).not.toMatch(/<script|<img|href="javascript:|\sonerror=(?!alert\(1\)&gt;)/i)
    expect(text.match(/<\/style>/g)).toHaveLength(1)
  }
  expect((await get(at(page))).text).toContain('href="https://x.example/a?b=1&amp;c="')
  for (const path of ['/feed.rss', '/feed.atom']) {
    const { text } = await get(at(page, path))
    expect(XMLValidator.validate(text)).toBe(true)
    expect(text).not.toContain('<script')
    const parsed = new XMLParser({ htmlEntities: true }).parse(text)
    expect([parsed.rss?.channel.item.title ?? parsed.feed.entry.title]).toEqual([evil])
  }
  const json = JSON.parse((await get(at(page, '/api/v2/summary.json'))).text)
  expect([json.page.name, json.incidents[0].name, json.components.map((c: any) => c.name)]).toEqual([evil, evil, [evil, evil]])
})

test('a rendering is shared for seconds, and a change is seen within five', async () => {
  const t = await aTeam()
  const page = await aPage(t)
  const monitor = await aMonitor(t.team, 'up')
  const resource = await aResource(t, page.id, { resource_id: monitor })
  const url = at(page)
  const hit = () => vi.waitFor(async () => expect((await get(url)).headers.get('x-cache')).toBe('HIT'), 5000)
  const seen = async (text: string) => {
    const began = Date.now()
    await vi.waitFor(async () => expect((await get(url)).text).toContain(text), { timeout: 8000, interval: 50 })
    expect(Date.now() - began).toBeLessThan(5000)
  }
  await hit()
  await report(t, page.id, { affected: [{ resource_id: resource.id, status: 'degraded' }] })
  await seen('<h1>Checkout is degraded</h1>')
  await hit()
  // as a shard tells of a verdict: head and revision in one batch
  const database = db(env.DB)
  await t.api(
    'DELETE',
    `/api/status-pages/${page.id}/reports/${(await t.api('GET', `/api/status-pages/${page.id}/reports`)).body.data[0].id}`,
  )
  await seen('<h1>All services are up</h1>')
  await hit()
  await database.batch([
    database.update(monitorHeads).set({ status: 'down', status_since: Date.now(), incident_id: newId(), rev: 2 }),
    touchPages(database, t.team, { monitor }, Date.now()),
  ])
  await seen('<h1>Checkout is down</h1>')
  await hit()
  await t.api('PATCH', `/api/status-pages/${page.id}`, { published: false })
  await vi.waitFor(async () => expect((await get(url)).status).toBe(404), 5000)
})

test('a visitor who has this rendering is told so', async () => {
  const page = await aPage(await aTeam())
  await get(at(page))
  const etag = await vi.waitFor(async () => {
    const r = await get(at(page))
    expect(r.headers.get('x-cache')).toBe('HIT')
    return r.headers.get('etag')!
  }, 5000)
  expect(await get(at(page), { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, text: '' })
})

test('two own domains with the same path never mix, nor do zones', async () => {
  const pages = await Promise.all(
    ['Kestrel', 'Merlin'].map(async (name) => {
      const custom_domain = `${aName()}.example.com`
      await aPage(await aTeam(), { name, custom_domain })
      return [name, custom_domain] as const
    }),
  )
  for (let i = 0; i < 3; i++)
    for (const [name, domain] of pages)
      for (const [tz, label] of [
        ['Asia/Tokyo', 'Asia/Tokyo (UTC+9)'],
        ['UTC', 'UTC'],
      ]) {
        const { text } = await get(`http://${domain}/?tz=${tz}`)
        expect(text).toContain(`<title>${name} status:`)
        expect(text).toContain(`<option value="${tz}" selected>${label}</option>`)
      }
})

test('a zone that does not exist is the page’s own, and does not make another rendering', async () => {
  const page = await aPage(await aTeam(), { timezone: 'Europe/Paris' })
  for (const tz of ['Mars/Base', '<script>', 'UTC%00', 'x'.repeat(500), '../../etc'])
    expect((await get(at(page, `/?tz=${encodeURIComponent(tz)}`))).text).toContain('<option value="Europe/Paris" selected>')
})

test('bars, availability and measured outages come from the warehouse; a report takes their place', async () => {
  const t = await aTeam()
  const page = await aPage(t)
  const monitor = await aMonitor(t.team, 'up', null, Date.now() - 2 * DAY)
  const resource = await aResource(t, page.id, { resource_id: monitor })
  const [down, up, incident] = [Date.now() - 2 * DAY - 30 * MIN, Date.now() - 2 * DAY, newId()]
  await stored(t.team, monitor, [
    [Date.now() - 20 * DAY, 'pending'],
    [Date.now() - 20 * DAY + 1000, 'up'],
    [down - 60_000, 'validating'],
    [down, 'down', incident],
    [up, 'up'],
  ])
  const { text } = await get(at(page))
  expect(text).toContain('Checkout was down</a></h3><p>For 30 m.')
  expect(text.match(/<hr class=d>/g)).toHaveLength(new Date(down).getUTCDate() === new Date(up).getUTCDate() ? 1 : 2)
  expect(text).toMatch(/aria-label="Checkout: 99\.89\d % up over 90 days"/)
  expect(text).toContain('Nothing to report')
  const detail = await get(at(page, `/incidents/${incident}`))
  expect(detail.text).toContain('Checkout answers again, after 30 m.')
  expect((await get(at(page, '/feed.atom'))).text).toContain('<title>Checkout was down</title>')

  await report(t, page.id, {
    title: 'Payments failed',
    status: 'resolved',
    message: 'Rolled back.',
    starts_at: new Date(down).toISOString(),
    affected: [{ resource_id: resource.id, status: 'downtime' }],
  })
  await vi.waitFor(async () => {
    const after = (await get(at(page))).text
    expect(after).toContain('Payments failed')
    expect(after).not.toContain('Checkout was down')
  }, 5000)
})

test('the first line says when it was measured, and in which zone; late measurements are called so', async () => {
  const t = await aTeam()
  for (const [age, words] of [
    [5_000, /Measured \d s ago, \d\d:\d\d:\d\d Asia\/Tokyo \(UTC\+9\)/],
    [6 * MIN, /Last measured 6 m ago, /],
  ] as const) {
    const page = await aPage(t, { timezone: 'Asia/Tokyo' })
    const monitor = await aMonitor(t.team, 'up')
    await aResource(t, page.id, { resource_id: monitor })
    await checked(t.team, monitor, Date.now() - age)
    expect((await get(at(page))).text).toMatch(words)
  }
})

test('while ClickHouse is down the page says what it knows, with the last known bars if it has them', async () => {
  const t = await aTeam()
  const page = await aPage(t)
  const monitor = await aMonitor(t.team, 'down', newId(), Date.now() - 18 * MIN)
  await aResource(t, page.id, { resource_id: monitor })
  const dead = { CLICKHOUSE_URL: 'http://127.0.0.1:9' }
  const first = await visit(at(page), dead)
  expect(first.status).toBe(200)
  expect(first.text).toContain('<h1>Checkout is down</h1>')
  expect(first.text).toContain('for 18 m')
  expect(first.text).toContain('History is temporarily unavailable')
  expect(first.text).not.toContain('class="ub"')

  const other = await aPage(t)
  const second = await aMonitor(t.team, 'up', null, Date.now() - 5 * DAY)
  const resource = await aResource(t, other.id, { resource_id: second })
  await stored(t.team, second, [[Date.now() - 5 * DAY, 'up']])
  expect((await get(at(other))).text).toContain('100 % up')
  await report(t, other.id, { affected: [{ resource_id: resource.id, status: 'degraded' }] })
  await vi.waitFor(async () => {
    const { text } = await visit(at(other), dead)
    expect(text).toContain('<h1>Checkout is degraded</h1>')
    expect(text).toContain('History is as of')
    expect(text).toContain('100 % up')
  }, 5000)
})

test('while D1 is down the last copy is shown, with its age; without one it is 503', async () => {
  const page = await aPage(await aTeam())
  const broken = {
    DB: new Proxy(env.DB, {
      get: () => () => {
        throw new Error('D1 is down')
      },
    }),
  }
  const never = await visit(at({ subdomain: aName() }), broken)
  expect([never.status, never.headers.get('retry-after')]).toEqual([503, '5'])
  await get(at(page))
  await new Promise((done) => setTimeout(done, 1100)) // the name is remembered for a second
  const copy = await visit(at(page), broken)
  expect([copy.status, copy.headers.get('x-cache')]).toEqual([200, 'STALE'])
  expect(copy.text).toMatch(/This copy is \d+ s old/)
  expect(copy.text).toContain('<title>Kestrel Pay status')
})

test('a signed-in member sees an unpublished page, its present and made-up states, for an hour; nobody else does', async () => {
  const t = await aTeam()
  const cookie = await signedIn(t.person)
  const seen = (url: string, headers: Record<string, string> = cookie) => get(url, { headers })
  const page = await aPage(t, { published: false })
  await aResource(t, page.id)
  const preview = async (query: string) => (await t.api('GET', `/api/status-pages/${page.id}/preview${query}`)).body
  const { url, expires_at } = await preview('')
  expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(55 * MIN)
  expect((await seen(url)).text).toContain('<h1>All services are up</h1>')
  expect((await seen(url)).headers.get('cache-control')).toBe('no-store')
  expect((await seen((await preview('?state=incident&scheme=dark')).url)).text).toMatch(
    /data-theme="dark"[\s\S]*<h1>Checkout is down<\/h1>/,
  )
  expect((await seen((await preview('?state=maintenance')).url)).text).toContain('<h1>Maintenance: Checkout</h1>')
  expect((await seen(url, {})).status).toBe(404)
  expect((await seen(url, await signedIn((await aTeam()).person))).status).toBe(404)
  const other = await aPage(t, { published: false })
  const token = new URL(url).searchParams.get('preview')!
  for (const wrong of [
    at(other, `/?preview=${token}`),
    at(page, `/?preview=${token.slice(0, -2)}`),
    at(page, '/?preview='),
    at(page, `/?preview=${'x'.repeat(5000)}`),
  ])
    expect((await seen(wrong)).status).toBe(404)
  expect((await t.api('GET', `/api/status-pages/${page.id}/preview?state=burning`)).status).toBe(422)
  vi.useFakeTimers({ now: Date.now() + 61 * MIN, toFake: ['Date'] })
  expect((await seen(url)).status).toBe(404)
  vi.useRealTimers()
})

test('the JSON has Statuspage’s shape', async () => {
  const t = await aTeam()
  const page = await aPage(t, { timezone: 'Europe/Paris' })
  const section = (await t.api('POST', `/api/status-pages/${page.id}/sections`, { name: 'Payments' })).body
  const checkout = await aResource(t, page.id, { section_id: section.id, resource_id: await aMonitor(t.team, 'down', newId()) })
  const ledger = await aResource(t, page.id, { public_name: 'Ledger' })
  const open = await report(t, page.id, { status: 'identified', affected: [{ resource_id: checkout.id, status: 'degraded' }] })
  const plan = await report(t, page.id, {
    title: 'Ledger upgrade',
    type: 'maintenance',
    message: 'Reads keep working.',
    starts_at: new Date(Date.now() + DAY).toISOString(),
    ends_at: new Date(Date.now() + DAY + 60 * MIN).toISOString(),
    affected: [{ resource_id: ledger.id, status: 'maintenance' }],
  })
  const json = async (name: string) => JSON.parse((await get(at(page, `/api/v2/${name}.json`))).text)
  const summary = await json('summary')
  expect(summary).toMatchObject({
    page: { id: page.id, name: 'Kestrel Pay', time_zone: 'Europe/Paris', url: at(page).slice(0, -1) },
    status: { indicator: 'minor', description: 'Checkout is degraded' },
    components: [
      {
        id: section.id,
        name: 'Payments',
        group: true,
        group_id: null,
        components: [checkout.id],
        status: 'degraded_performance',
        position: 1,
      },
      {
        id: checkout.id,
        name: 'Checkout',
        group: false,
        group_id: section.id,
        status: 'degraded_performance',
        position: 1,
        page_id: page.id,
      },
      { id: ledger.id, name: 'Ledger', group: false, group_id: null, status: 'operational', position: 2 },
    ],
    incidents: [
      {
        id: open.id,
        status: 'identified',
        impact: 'minor',
        resolved_at: null,
        shortlink: at(page, `/incidents/${open.id}`),
        incident_updates: [
          { body: 'We look.', incident_id: open.id, affected_components: [{ code: checkout.id, new_status: 'degraded_performance' }] },
        ],
        components: [{ id: checkout.id }],
      },
    ],
    scheduled_maintenances: [
      { id: plan.id, status: 'scheduled', impact: 'maintenance', scheduled_for: plan.starts_at, scheduled_until: plan.ends_at },
    ],
  })
  expect((await json('status')).status).toEqual(summary.status)
  expect((await json('components')).components).toEqual(summary.components)
  expect((await json('incidents')).incidents).toEqual(summary.incidents)
  expect((await json('incidents/unresolved')).incidents).toEqual(summary.incidents)
  expect((await json('scheduled-maintenances')).scheduled_maintenances).toEqual(summary.scheduled_maintenances)
  expect((await json('scheduled-maintenances/upcoming')).scheduled_maintenances).toEqual(summary.scheduled_maintenances)
  expect((await json('scheduled-maintenances/active')).scheduled_maintenances).toEqual([])
})

test('a manual green over a red monitor is said in words', async () => {
  const t = await aTeam()
  const page = await aPage(t)
  const resource = await aResource(t, page.id, { resource_id: await aMonitor(t.team, 'down', newId()) })
  await report(t, page.id, { affected: [{ resource_id: resource.id, status: 'operational' }] })
  const { text } = await get(at(page))
  expect(text).toContain('<h1>All services are up</h1>')
  expect(text).toContain('Set by hand. Our checks say: Outage')
})

test('a page of twenty-five services with history stays within 40 KB', async () => {
  const t = await aTeam()
  const page = await aPage(t)
  for (let i = 0; i < 25; i++) {
    const monitor = await aMonitor(t.team, 'up', null, Date.now() - 80 * DAY)
    await aResource(t, page.id, { public_name: `A service with a name, number ${i}`, resource_id: monitor })
    await stored(t.team, monitor, [[Date.now() - 80 * DAY, 'up']])
  }
  const { text } = await get(at(page))
  expect(text.match(/class="ub"/g)).toHaveLength(25)
  expect(new TextEncoder().encode(text).byteLength).toBeLessThan(40_000)
})
