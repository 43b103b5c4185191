import { seedBoards } from './demo-boards.ts'

/** Asks the Worker as the demo team's owner; `name` makes a creating call happen once however often a first start is cut short. */
export type Ask = (method: string, path: string, body: unknown, name: string) => Promise<{ id: string; token?: string }>

/** What the demo team watches: made through the API, as anybody would. Periods and recovery are short so that a first run is quick. Returns the token of the shop's own source. */
export async function seedDemoData(ask: Ask, base: string): Promise<string | null> {
  const group = await ask('POST', '/api/uptime/monitor-groups', { name: 'Demo shop' }, 'group')
  const quick = { check_frequency: 10, recovery_period: 0, monitor_group_id: group.id }
  const shop = `${base}/mailbox/shop/site`
  const front = await ask('POST', '/api/uptime/monitors', { ...quick, url: shop, pronounceable_name: 'Demo shop' }, 'shop')
  const shelf = { ...quick, url: shop, pronounceable_name: 'Demo shop, shelf', monitor_type: 'keyword', required_keyword: 'on the shelf' }
  const words = await ask('POST', '/api/uptime/monitors', { ...shelf, check_frequency: 30 }, 'shelf')
  await ask('POST', '/api/uptime/monitors', { url: `${base}/api/health`, pronounceable_name: 'Tocsin itself', check_frequency: 60 }, 'self')

  const page = await ask('POST', '/api/status-pages', { name: 'Demo shop', subdomain: 'demo-shop' }, 'page')
  const section = await ask('POST', `/api/status-pages/${page.id}/sections`, { name: 'Shop' }, 'section')
  const resource = (id: string, public_name: string) => ({ section_id: section.id, resource_type: 'monitor', resource_id: id, public_name })
  await ask('POST', `/api/status-pages/${page.id}/resources`, resource(front.id, 'Website'), 'website')
  await ask('POST', `/api/status-pages/${page.id}/resources`, resource(words.id, 'Shelf'), 'shelf-resource')

  await seedOnCall(ask)
  const source = await ask('POST', '/api/logs/sources', { name: 'Demo shop', ingestion_method: 'OTLP' }, 'source')
  await seedBoards(ask)
  return source.token ?? null
}

/** The demo team's people, by the order of local/demo.ts. */
const person = (n: number) => `019aaaaa-0000-7000-8000-00000000000${n}`
const [ines, theo, noor, clara, mei] = [2, 3, 4, 5, 6].map(person) as [string, string, string, string, string]

/** Two schedules, a policy that pages one of them, an override and somebody who asks for cover. */
async function seedOnCall(ask: Ask): Promise<void> {
  const weekly = { rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00+01:00' }
  const weekend = { days: ['sat', 'sun'], from: '09:00', to: '09:00' }
  const layers = [
    { name: 'Primary', ...weekly, participants: [ines, theo, noor, clara] },
    { name: 'Weekends', ...weekly, participants: [clara, mei], restrictions: [weekend] },
  ]
  const payments = await ask('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'Europe/Paris', layers }, 'schedule')
  const turns = { name: 'Rotation', rotation_type: 'CUSTOM', rotation_interval_hours: 12, rotation_start: '2026-01-05T06:00:00Z' }
  await ask(
    'POST',
    '/api/oncall/schedules',
    { name: 'Platform', timezone: 'UTC', layers: [{ ...turns, participants: [noor, mei, theo] }] },
    'platform',
  )
  const step = (wait_before: number, target: object) => ({ wait_before, targets: [target] })
  const steps = [step(0, { type: 'schedule', id: payments.id }), step(180, { type: 'user', id: theo }), step(300, { type: 'team' })]
  await ask('POST', '/api/oncall/policies', { name: 'Payments', steps }, 'payments-policy')
  // hours ahead, whole ones: a start that is cut short asks for the same again
  const ahead = (hours: number) => new Date((Math.floor(Date.now() / 3_600_000) + hours) * 3_600_000).toISOString()
  const path = `/api/oncall/schedules/${payments.id}/shifts`
  const concert = { user_id: noor, start_time: ahead(52), end_time: ahead(64), override_reason: 'Concert' }
  await ask('POST', path, concert, `override-${concert.start_time}`)
  const train = { user_id: theo, start_time: ahead(98), end_time: ahead(116), override_reason: 'Swapped' }
  const shift = await ask('POST', path, train, `swap-${train.start_time}`)
  const cover = { shift_id: shift.id, on_behalf_of: theo, reason: 'Train home on Friday night, no signal until noon.' }
  await ask('POST', '/api/oncall/cover-requests', cover, `cover-${shift.id}`)
}
