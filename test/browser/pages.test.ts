import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { TOKEN, until } from '../process/runner.ts'
import { executablePath, launch, looks, open, picture } from './page.ts'

let browser: Browser
/** Paths by name, once the demo shop was broken: every page has something to show. */
let outside: Record<string, string>
let inside: Record<string, string>

beforeAll(async () => {
  if (!executablePath) return
  browser = await launch()
  const base = inject('tocsin')
  const api = async (path: string) =>
    (await (await fetch(base + path, { headers: { authorization: `Bearer ${TOKEN}` } })).json()) as { data: any[] }
  await fetch(`${base}/mailbox/shop`, { method: 'POST', body: '{"broken":true}' })
  const incident = await until('an incident', 40_000, async () =>
    (await api('/api/incidents')).data.find((i: { monitor_id: string }) => i.monitor_id),
  )
  const mail = await until('its mail', 10_000, async () =>
    ((await (await fetch(`${base}/mailbox.json`)).json()) as any[]).find((m: { incident_id: string }) => m.incident_id === incident.id),
  )
  const page = (await api('/api/status-pages')).data[0]
  const [alert, board] = await Promise.all(
    ['/api/metrics/alerts', '/api/metrics/dashboards'].map(async (path) => (await api(path)).data[0]),
  )
  const made = await fetch(`${base}/api/logs/sources`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"name":"checkout"}',
  })
  const source = (await made.json()) as { id: string; token: string }
  await fetch(`${base}/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' },
    body: '[{"message":"ada@example.com paid","level":"info","cart":{"items":3}}]',
  })
  const trace = await until('a trace of the shop', 20_000, async () => (await api('/api/traces/search')).data[0])
  outside = {
    'sign-in': '/sign-in',
    'sign-up': '/sign-in?state=sign-up',
    reset: '/sign-in?state=reset',
    acknowledge: new URL(mail.links.map((l: { url: string }) => l.url).find((u: string) => u.includes('/a/'))).pathname,
    'status-page': `/s/${page.subdomain}/`,
    'status-page-history': `/s/${page.subdomain}/history`,
    'status-page-404': '/s/no-such-page/',
    mailbox: '/mailbox',
  }
  inside = {
    start: '/start',
    overview: '/',
    monitors: '/monitors',
    'monitors-new': '/monitors?open=new',
    'monitors-nothing-matches': '/monitors?q=nothing-is-called-this',
    monitor: `/monitors/${incident.monitor_id}`,
    incidents: '/incidents',
    'incidents-new': '/incidents?open=new',
    incident: `/incidents/${incident.id}`,
    'on-call': '/on-call',
    'on-call-override': '/on-call?open=override',
    'on-call-edit': '/on-call?open=edit',
    'on-call-cover': '/on-call?open=cover',
    'status-pages': '/status-pages',
    'status-page-editor': `/status-pages/${page.id}`,
    'status-page-report': `/status-pages/${page.id}?report=new`,
    logs: '/logs',
    'logs-sql': `/logs?mode=sql&sql=${encodeURIComponent('SELECT toStartOfMinute(timestamp) AS minute, level, count() AS lines FROM logs GROUP BY minute, level')}`,
    traces: '/traces',
    trace: `/traces/${trace.trace_id}`,
    'trace-flame': `/traces/${trace.trace_id}?view=flame`,
    sources: '/sources',
    source: `/sources/${source.id}`,
    metrics: '/metrics',
    'metrics-chart':
      '/metrics?expr=sum%20by%20(route)%20(rate(shop_requests_total%5B1m%5D))&expr2=shop_carts_open&formula=A%20%2F%20on%20()%20group_left%20B',
    'metrics-table': '/metrics?expr=shop_requests_total&as=table',
    alerts: '/alerts',
    alert: `/alerts/${alert.id}`,
    'alert-edit': `/alerts/${alert.id}?edit=1`,
    'alert-new': '/alerts/new?expr=up',
    dashboards: '/dashboards',
    'dashboards-import': '/dashboards?open=import',
    dashboard: `/dashboards/${board.id}`,
    'dashboard-edit': `/dashboards/${board.id}?edit=1`,
    'source-vrl': `/sources/${source.id}?open=vrl`,
    'settings-team': '/settings/team',
    'settings-policies': '/settings/policies',
    'settings-urgencies': '/settings/urgencies',
    'settings-contacts': '/settings/contacts',
    'settings-keys': '/settings/keys',
    'settings-webhooks': '/settings/webhooks',
    'settings-profile': '/settings/profile',
    'not-found': '/there-is-nothing-here',
  }
}, 120_000)
afterAll(() => browser?.close())

/** What is wrong with a page that has settled. */
async function faults(page: Page, name: string): Promise<string[]> {
  // by locators: waitForFunction evaluates text in the page, which the pages' policy forbids
  await page
    .locator('main')
    .filter({ hasText: /\S.{9}/ })
    .first()
    .waitFor({ timeout: 15_000 })
    .catch(() => {})
  // skeletons and busy regions are gone: what is judged is what people read
  await page
    .locator('[aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached', timeout: 5000 })
    .catch(() => {})
  await page.waitForTimeout(300)
  const found: string[] = []
  const { sideways, words } = await page.evaluate<{ sideways: number; words: number }>(
    `({ sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth, words: (document.querySelector('main')?.textContent ?? '').trim().length })`,
  )
  if (sideways > 0) found.push(`${name}: scrolls ${sideways} px sideways`)
  if (words < 10) found.push(`${name}: its main is empty`)
  // not through addScriptTag: the pages' own policy forbids it; a status page in the editor's frame is looked at by itself
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { target: string[] }[] }[] }>(
    "axe.run(document, { iframes: false, resultTypes: ['violations'] })",
  )
  for (const v of violations) found.push(`${name}: ${v.id}, ${v.nodes.length} times: ${v.nodes[0]?.target.join(' ')}`)
  return found
}

test.skipIf(!executablePath).each(looks)(
  'every page at $width px in $scheme: no complaint, no sideways scroll, nothing empty, no axe violation',
  async (look) => {
    const base = inject('tocsin')
    const { page, context, complaints } = await open(browser, look)
    const found: string[] = []
    const visit = async (name: string, path: string) => {
      complaints.length = 0
      await page.goto(base + path)
      found.push(...(await faults(page, name)))
      // a page that answers 404 on purpose is named so by the browser itself
      const expected = /404/.test(name) || name === 'not-found' ? /status of 404/ : /status of 401/
      found.push(...complaints.filter((c) => !expected.test(c)).map((c) => `${name}: the console says ${c}`))
      await picture(page, `${name}-${look.width}-${look.scheme}`)
    }
    for (const [name, path] of Object.entries(outside)) await visit(name, path)
    const signedIn = await context.request.post(`${base}/api/auth/sign-in/email`, {
      data: { email: 'demo@tocsin.localhost', password: 'tocsin-demo' },
      headers: { origin: base },
    })
    expect(signedIn.status()).toBe(200)
    for (const [name, path] of Object.entries(inside)) await visit(name, path)
    expect(found).toEqual([])
    await context.close()
  },
  240_000,
)
