import { took } from '../logs/numbers.ts'
import { ownTime } from './services.ts'
import type { Trace } from './wire.ts'

/** "POST /v1/checkout took 4.02 s, 3.59 s of it in payments-db": where the time went, when one other service has most of it. */
export function told(trace: Trace): string {
  const root = trace.spans.find((s) => s.depth === 0)
  if (!root) return 'This trace has no spans'
  const own = ownTime(trace.spans)
  const most = own[0]
  const all = own.reduce((sum, o) => sum + o.ms, 0)
  const says = `${root.operation || root.service} took ${took(trace.duration_ms)}`
  if (!most || most.service === root.service || most.ms < all / 2 || most.ms > trace.duration_ms * 1.5) return says
  return `${says}, ${took(most.ms)} of it in ${most.service}`
}

/** "1 span has no parent yet, still arriving". Null when the tree is whole. */
export function incomplete(trace: Trace): string | null {
  const orphans = trace.spans.filter((s) => s.orphan).length
  if (trace.truncated) return `Only the first ${trace.spans.length} spans of this trace are shown.`
  if (!orphans) return null
  return orphans === 1 ? '1 span has no parent here. It may still arrive.' : `${orphans} spans have no parent here. It may still arrive.`
}
