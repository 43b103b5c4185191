import type { Incident, ResponseTimes } from '../../wire.ts'

export type Band = { from: number; to: number; label: string; kind: 'incident' | 'gap' }

/** Incidents of the range as bands, epoch ms; an open one reaches its end. */
export const incidentBands = (
  incidents: readonly Pick<Incident, 'team_number' | 'started_at' | 'resolved_at'>[],
  from: number,
  to: number,
): Band[] =>
  incidents
    .map((i) => ({
      from: Math.max(from, Date.parse(i.started_at)),
      to: Math.min(to, i.resolved_at ? Date.parse(i.resolved_at) : to),
      label: `INC-${i.team_number}`,
      kind: 'incident' as const,
    }))
    .filter((b) => b.from < to && b.to > from)

type Series = ResponseTimes['series'][number]
const holesOf = (instants: readonly number[], stepMs: number): { from: number; to: number }[] =>
  instants.flatMap((at, i) => {
    const before = instants[i - 1]
    return before !== undefined && at - before > stepMs * 3 ? [{ from: before + stepMs, to: at }] : []
  })

/** Stretches in which no region has a point: nobody looked. Between the first and the last point only. */
export function gapBands(series: readonly Series[], stepMs: number): Band[] {
  const instants = [...new Set(series.flatMap((s) => s.points.map((p) => Date.parse(p.at))))].sort((a, b) => a - b)
  return holesOf(instants, stepMs).map((h) => ({ ...h, label: 'no checks', kind: 'gap' as const }))
}

/** The longest hole that is one region's alone, for the legend's note. */
export function ownGap(series: Series, all: readonly Series[], stepMs: number): { from: number; to: number } | null {
  const shared = gapBands(all, stepMs)
  const own = holesOf(
    series.points.map((p) => Date.parse(p.at)),
    stepMs,
  ).filter((h) => !shared.some((s) => s.from < h.to && s.to > h.from))
  return own.sort((a, b) => b.to - b.from - (a.to - a.from))[0] ?? null
}
