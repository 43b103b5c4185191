/** Colours of services, the one that takes most time of its own first: 1 to 7, 8 for all others. The same in every part of a page. */
export function colours(spans: readonly { service: string; self_ms: number }[]): Map<string, number> {
  const own = new Map<string, number>()
  for (const s of spans) own.set(s.service, (own.get(s.service) ?? 0) + s.self_ms)
  const order = [...own].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
  return new Map(order.map(([service], i) => [service, Math.min(i + 1, 8)]))
}

/** Time of its own per service, most first. */
export function ownTime(spans: readonly { service: string; self_ms: number }[]): { service: string; ms: number }[] {
  const own = new Map<string, number>()
  for (const s of spans) own.set(s.service, (own.get(s.service) ?? 0) + s.self_ms)
  return [...own].map(([service, ms]) => ({ service, ms })).sort((a, b) => b.ms - a.ms || a.service.localeCompare(b.service))
}
