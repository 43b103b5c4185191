/** First segments of the dashboard's and the doors' paths: a team's slug stands in the same place. PAGES §0, WIRE "Who answers". */
const TAKEN = new Set([
  'incidents', 'on-call', 'status-pages', 'calls', 'monitors', 'heartbeats', 'alerts', 'logs', 'traces', 'metrics', 'errors',
  'warehouse', 'sources', 'usage', 'settings', 'sign-in', 'start', 'mailbox', 'api', 'hooks', 'prometheus', 'mcp', 'scim', 's', 'a',
  'v1', 'loki', 'services', 'syslog', 'assets', 'fonts', 'team', 'teams',
]) // biome-ignore format: a table

/** A team's name as one segment of an address: "Kestrel Pay" → `kestrel-pay`. `suffix` makes a second one of the same name unique. */
export function slugOf(name: string, suffix?: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  const slug = plain.length < 2 || TAKEN.has(plain) ? ['team', plain].filter(Boolean).join('-') : plain
  return suffix ? `${slug}-${suffix}` : TAKEN.has(slug) ? `${slug}-1` : slug
}
