import { sameHistogram } from '../histogram/histogram.ts'
import { countTransitions, type Transition } from './families/transitions.ts'
import type { PromFunction } from './function.ts'

export const changes = {
  name: 'changes',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'How often a value changed within a range.',
  example: 'changes(process_start_time_seconds[1h])',
  run: (call) => countTransitions(call, changed),
} as const satisfies PromFunction

function changed({ before, now }: Transition): boolean {
  if (typeof before === 'number' && typeof now === 'number') return now !== before && !(Number.isNaN(now) && Number.isNaN(before))
  if (typeof before === 'number' || typeof now === 'number') return true
  return !sameHistogram(before, now)
}
