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

  const source = await ask('POST', '/api/logs/sources', { name: 'Demo shop', ingestion_method: 'OTLP' }, 'source')
  await seedBoards(ask)
  return source.token ?? null
}
