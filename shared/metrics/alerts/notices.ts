import type { Outcome, Transition } from './evaluate.ts'
import type { Rule } from './rule.ts'

/** What an alert tells its `notify_channels`: the series that began or ceased to fire at one instant. Saved, then sent until taken. */
export type Notice = {
  /** Names what happened once and for all. */
  id: string
  type: 'alert.firing' | 'alert.resolved'
  at: number
  /** Ids of outgoing webhooks. */
  channels: readonly string[]
  data: {
    alert: { id: string; name: string; query: string }
    series: { labels: Record<string, string>; annotations: Record<string, string>; value: string; active_at: string }[]
    /** All of them; `series` are the first hundred. */
    series_count: number
  }
}

const SERIES_MAX = 100

export function noticesOf(rule: Rule, channels: readonly string[], { state, transitions }: Outcome): Notice[] {
  if (!channels.length) return []
  const of = (type: Notice['type'], all: Transition[]): Notice[] =>
    all.length
      ? [
          {
            id: `${rule.id}:${type}:${all[0]?.at}`,
            type,
            at: all[0]?.at ?? 0,
            channels,
            data: {
              alert: { id: rule.id, name: rule.name, query: rule.query },
              series: all.slice(0, SERIES_MAX).map((t) => ({
                labels: t.labels,
                annotations: state.active[t.key]?.annotations ?? {},
                value: t.value,
                active_at: new Date(t.activeAt).toISOString(),
              })),
              series_count: all.length,
            },
          },
        ]
      : []
  return [
    ...of('alert.firing', transitions.filter((t) => t.to === 'firing')),
    ...of('alert.resolved', transitions.filter((t) => t.from === 'firing' && t.to === 'inactive')),
  ] // biome-ignore format: a list
}
