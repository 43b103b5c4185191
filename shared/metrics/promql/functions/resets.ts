import { isReset } from '../histogram/reset.ts'
import { countTransitions, type Transition } from './families/transitions.ts'
import type { PromFunction } from './function.ts'

export const resets = {
  name: 'resets',
  args: ['matrix'],
  variadic: 0,
  returns: 'vector',
  doc: 'How often a counter was reset within a range.',
  example: 'resets(http_requests_total[1h])',
  run: (call) => countTransitions(call, wasReset),
} as const satisfies PromFunction

function wasReset({ before, now, startReset }: Transition): boolean {
  if (typeof before === 'number' && typeof now === 'number') return now < before || startReset
  if (typeof before === 'number' || typeof now === 'number') return true
  return startReset || isReset(now, before)
}
