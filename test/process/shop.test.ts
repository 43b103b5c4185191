import { describe, expect, it } from 'vitest'
import { visit } from '../../local/shop-visits.ts'

/** Lehmer's generator: the same visits every time. */
function chance(seed: number) {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
const at = Date.UTC(2026, 10, 23, 8)
const visits = (broken: boolean) => {
  const rolled = chance(7)
  return Array.from({ length: 400 }, () => visit(at, broken, rolled))
}

describe('the demo shop', () => {
  it('tells each visit as one trace whose spans lie inside their parents', () => {
    for (const { spans } of visits(false)) {
      const [root, ...rest] = spans
      expect(new Set(spans.map((s) => s.traceId))).toEqual(new Set([root!.traceId]))
      expect(root!.parent).toBeNull()
      for (const span of rest) {
        const parent = spans.find((s) => s.spanId === span.parent)!
        expect(span.start).toBeGreaterThanOrEqual(parent.start)
        expect(span.start + span.ms).toBeLessThanOrEqual(parent.start + parent.ms)
      }
    }
  })

  it('broken, it fails every request, and says why in the log of the service that failed', () => {
    for (const { status, spans, logs } of visits(true)) {
      expect(status).toBe(503)
      expect(spans.filter((s) => s.failed).map((s) => s.service)).toEqual(['web', 'inventory', 'inventory'])
      expect(logs.some((l) => l.level === 'error' && l.service === 'inventory' && l.trace_id === spans[0]!.traceId)).toBe(true)
    }
  })

  it('mended, it takes orders, and now and then a card is declined or a query is slow', () => {
    const all = visits(false)
    expect(all.filter((v) => v.status >= 500)).toEqual([])
    expect(all.some((v) => v.order > 0)).toBe(true)
    expect(all.some((v) => v.logs.some((l) => l.message.startsWith('slow query')))).toBe(true)
  })
})
