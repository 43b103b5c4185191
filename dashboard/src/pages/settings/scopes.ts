/** Nouns a key can be given, as people call them. Later nouns are one line each. */
export const nouns = [
  ['uptime', 'Monitors'],
  ['incidents', 'Incidents'],
  ['oncall', 'On-call and policies'],
  ['status-pages', 'Status pages'],
  ['logs', 'Logs and sources'],
  ['traces', 'Traces'],
  ['metrics', 'Metrics, alerts, dashboards'],
  ['integrations', 'Webhooks'],
  ['auth', 'Members and keys'],
] as const satisfies readonly (readonly [noun: string, name: string])[]
export type Noun = (typeof nouns)[number][0]
export type Scope = `${Noun}:${'read' | 'write'}`

/** Writing includes reading, so a noun has at most one scope. Pressing read while it may write takes both away. */
export function toggle(scopes: readonly Scope[], noun: Noun, what: 'read' | 'write'): Scope[] {
  const others = scopes.filter((s) => !s.startsWith(`${noun}:`))
  const had = scopes.includes(`${noun}:${what}`) || (what === 'read' && scopes.includes(`${noun}:write`))
  if (!had) return [...others, `${noun}:${what}`]
  return what === 'write' ? [...others, `${noun}:read`] : others
}

export const has = (scopes: readonly Scope[], noun: Noun, what: 'read' | 'write'): boolean =>
  scopes.includes(`${noun}:${what}`) || (what === 'read' && scopes.includes(`${noun}:write`))

/** When a key stops working: days from now, or never. */
export const lifetimes = [
  ['30', 'in 30 d'],
  ['90', 'in 90 d'],
  ['365', 'in 1 year'],
  ['', 'never'],
] as const
export const expiry = (days: string, now: number): string | null => (days ? new Date(now + Number(days) * 86_400_000).toISOString() : null)
