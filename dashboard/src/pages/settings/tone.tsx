import { Check, Clock } from 'lucide-react'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Shape } from '../../ui/status.tsx'

const looks = { up: 'text-up', warn: 'text-warn', down: 'text-down', idle: 'text-idle' }

/** How sending goes, in a word with its shape: answers, tries again, fails, rests. */
export const Tone = ({ word, tone }: { word: string; tone: keyof typeof looks }) => (
  <span className={cx('inline-flex items-center gap-1.5 align-middle text-12 font-550 whitespace-nowrap', looks[tone])}>
    {tone === 'up' ? <Icon of={Check} /> : tone === 'warn' ? <Icon of={Clock} /> : <Shape state={tone === 'down' ? 'down' : 'paused'} />}
    {word}
  </span>
)
