import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, expect, inject, test, vi } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { member, user } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { shardOf } from '../../shared/uptime/regions.ts'
import { aTeam, call, env } from '../given.ts'

const target = inject('target')
const answers = (name: string, ...list: object[]) => fetch(`${target}/${name}`, { method: 'PUT', body: JSON.stringify(list) })
const until = <T>(what: () => Promise<T> | T) => vi.waitFor(what, { timeout: 15_000, interval: 50 })

afterEach(() => vi.useRealTimers())

/** A shop that Ines owns and Theo works for, watched every 10 s from four regions, shown on a public page. */
async function aWatchedShop() {
  const ines = await aTeam()
  const theo = `theo-${newId()}@example.com`
  const [id, at] = [newId(), new Date()]
  await db(env.DB).batch([
    db(env.DB).insert(user).values({ id, name: 'Theo Lindgren', email: theo, emailVerified: true, createdAt: at, updatedAt: at }),
    db(env.DB).insert(member).values({ id: newId(), organizationId: ines.team, userId: id, role: 'responder', createdAt: at }),
  ])
  const site = newId()
  await answers(site, {})
  const make = async (path: string, body: object) => {
    const made = await ines.api('POST', path, body)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return made.body
  }
  const monitor = await make('/api/uptime/monitors', {
    url: `${target}/${site}`,
    pronounceable_name: 'Shop',
    check_frequency: 10,
    recovery_period: 60,
  })
  const page = await make('/api/status-pages', { name: 'Shop status', subdomain: `shop-${site.slice(-8)}` })
  const section = await make(`/api/status-pages/${page.id}/sections`, { name: 'All' })
  await make(`/api/status-pages/${page.id}/resources`, {
    section_id: section.id,
    resource_type: 'monitor',
    resource_id: monitor.id,
    public_name: 'Website',
  })

  const shard = stubs.monitorShard(shardOf(monitor.id))
  const incidents = stubs.incidents(ines.team)
  return {
    ...ines,
    theo,
    monitor,
    answers: (...list: object[]) => answers(site, ...list),
    status: async () => (await ines.api('GET', `/api/uptime/monitors/${monitor.id}`)).body.status,
    incident: async () => (await ines.api('GET', '/api/incidents')).body.data[0],
    told: async () =>
      (
        (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as {
          to: string
          incident_id: string
          links: { url: string }[]
        }[]
      ).toReversed(),
    publicPage: async () => (await call(`/s/${page.subdomain}/`)).text(),
    /** The clock moves, and every alarm that is due by then fires, as the platform would fire them. */
    async later(seconds: number, step = 5) {
      for (let moved = 0; moved < seconds; moved += step) {
        vi.setSystemTime(Date.now() + Math.min(step, seconds - moved) * 1000)
        await runDurableObjectAlarm(shard)
        await runDurableObjectAlarm(incidents)
        // what was asked over the network answers in real time
        await new Promise((done) => setTimeout(done, 60))
      }
    },
  }
}

test('a check fails in enough regions, the owner is paged, then everybody; acknowledged, mended, resolved, and the public page tells it', async () => {
  const shop = await aWatchedShop()
  await until(async () => expect(await shop.status()).toBe('up'))
  expect(await shop.publicPage()).toContain('Website')

  // 03:14. One region is not enough, three are
  vi.useFakeTimers({ toFake: ['Date'] })
  await shop.answers({ status: 503, body: 'broken' })
  // a machine under load may need one round more
  await until(async () => {
    await shop.later(5)
    expect(await shop.status()).toBe('down')
  })
  const opened = await shop.incident()
  expect(opened).toMatchObject({ status: 'OPEN', severity: 'SEV2', monitor_id: shop.monitor.id, escalation_level: 1 })
  const told = async () => (await shop.told()).filter((m) => m.incident_id === opened.id).map((m) => m.to)
  await until(async () => expect(await told()).toEqual([shop.email]))
  await until(async () => expect(await shop.publicPage()).toMatch(/Outage/i))

  // nobody answers for three minutes
  const since = Date.parse(opened.created_at)
  await shop.later((since + 175_000 - Date.now()) / 1000)
  expect(await told()).toEqual([shop.email])
  await shop.later(10)
  await until(async () => expect((await told()).sort()).toEqual([shop.email, shop.email, shop.theo].sort()))

  // Theo takes it from his mail: a scanner that opens the link changes nothing
  const mail = (await shop.told()).findLast((m) => m.to === shop.theo)!
  const link = new URL(mail.links.map((l) => l.url).find((url) => url.includes('/a/'))!).pathname
  expect((await call(link)).status).toBe(200)
  expect((await shop.incident()).status).toBe('OPEN')
  expect((await call(link, { method: 'POST' })).status).toBe(200)
  expect(await shop.incident()).toMatchObject({ status: 'ACKNOWLEDGED' })
  await shop.later(600, 60)
  expect(await told()).toHaveLength(3)

  // mended: good for the recovery period first
  await shop.answers({})
  await shop.later(30)
  expect((await shop.incident()).status).toBe('ACKNOWLEDGED')
  await until(async () => {
    await shop.later(10)
    expect(await shop.incident()).toMatchObject({ id: opened.id, status: 'RESOLVED' })
  })
  expect(await shop.status()).toBe('up')

  const { body: timeline } = await shop.api('GET', `/api/incidents/${opened.id}/timeline`)
  const types = (timeline.data ?? timeline).map((e: { type: string }) => e.type)
  expect(types).toEqual(expect.arrayContaining(['opened', 'acknowledged', 'resolved']))
  await until(async () => expect(await shop.publicPage()).not.toMatch(/<h1[^>]*>[^<]*(down|outage)/i))
}, 60_000)

test('one region failing alone for ten minutes opens nothing', async () => {
  const shop = await aWatchedShop()
  await until(async () => expect(await shop.status()).toBe('up'))
  vi.useFakeTimers({ toFake: ['Date'] })
  // every fourth answer fails: in each round one of four regions sees it
  await shop.answers(...Array.from({ length: 2000 }, (_, i) => (i % 4 === 0 ? { status: 503 } : {})))
  await shop.later(600)
  expect((await shop.api('GET', '/api/incidents')).body.data).toEqual([])
  expect(['up', 'validating']).toContain(await shop.status())
}, 60_000)
