import { Star } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { FieldError, TextArea } from '../../ui/field.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Shape } from '../../ui/status.tsx'
import { changes, type Line } from './changes.ts'
import type { Result } from './use-try.ts'

/** The event that goes in; what is typed here is what runs. */
export function EventIn({
  event,
  kept,
  onChange,
  onKeep,
}: {
  event: unknown
  kept: boolean
  onChange: (event: unknown) => void
  onKeep: () => void
}) {
  const [text, setText] = useState(() => pretty(event))
  const [wrong, setWrong] = useState('')
  // another event was chosen, or what is typed is what it became
  useEffect(() => setText((now) => (same(now, event) ? now : pretty(event))), [event])
  const type = (next: string) => {
    setText(next)
    try {
      onChange(JSON.parse(next))
      setWrong('')
    } catch {
      setWrong('This is no JSON yet; the last event that was goes on being used.')
    }
  }
  return (
    <div className="grid content-start gap-2 p-3">
      <TextArea
        mono
        aria-label="Event in, as JSON"
        aria-invalid={wrong ? true : undefined}
        spellCheck={false}
        rows={14}
        value={text}
        onChange={(e) => type(e.target.value)}
        className="min-h-[220px]"
      />
      {wrong && <FieldError>{wrong}</FieldError>}
      <div>
        <Button kind="ghost" icon={Star} onClick={onKeep} disabled={kept}>
          {kept ? 'Kept' : 'Keep to try on'}
        </Button>
      </div>
    </div>
  )
}

const pretty = (event: unknown): string => JSON.stringify(event, null, 2) ?? ''
function same(text: string, event: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(event)
  } catch {
    return false
  }
}

const signs = { added: '+', removed: '−', kept: '' } satisfies Record<Line['sign'], string>
const words = { added: 'added', removed: 'removed', kept: '' } satisfies Record<Line['sign'], string>
const tints = { added: 'bg-up-soft text-up', removed: 'bg-down-soft text-down', kept: 'text-text-2' } satisfies Record<Line['sign'], string>

/** What the program leaves of it, field by field beside what was. */
export function EventOut({ result, drops }: { result: Result | undefined; drops: { abort: boolean; error: boolean } }) {
  if (!result) return <p className="p-3.5 text-12 text-text-3">What the program leaves stands here.</p>
  if (result.outcome === 'error')
    return (
      <div className="grid gap-2 p-3.5" role="status">
        <p className="flex items-start gap-1.5 text-12 text-down">
          <Shape state="down" className="mt-px" />
          <span className="[overflow-wrap:anywhere]">{result.message}</span>
        </p>
        <p className="text-12 text-text-2">
          {drops.error ? 'It is left out.' : 'It is stored as it came, with this text in _tocsin.vrl_error.'}
        </p>
      </div>
    )
  if (result.outcome === 'aborted')
    return (
      <div className="grid gap-2 p-3.5" role="status">
        <p className="flex items-center gap-1.5 text-13 font-550">
          <Shape state="paused" />
          {drops.abort ? 'Left out' : 'Stored as it came'}
        </p>
        <p className="text-12 text-text-2">The program ended with abort{result.message ? `: ${result.message}` : ''}.</p>
      </div>
    )
  return (
    <div className="grid gap-3 py-2">
      {result.events.length !== 1 && <p className="px-3.5 text-12 text-text-2">It becomes {result.events.length} events.</p>}
      {result.events.slice(0, 5).map((event, i) => (
        <Diff key={i} lines={changes(i ? {} : result.event, event)} nth={i} />
      ))}
    </div>
  )
}

const Diff = ({ lines, nth }: { lines: readonly Line[]; nth: number }) => (
  <ScrollBox label={`Event out ${nth + 1}`} className="max-h-[52dvh]">
    <ul className="font-mono text-12 leading-[20px]">
      {lines.map((l) => (
        <li key={`${l.sign} ${l.path}`} className={cx('flex gap-2 px-3.5', tints[l.sign])}>
          <span aria-hidden="true" className="w-2 flex-none">
            {signs[l.sign]}
          </span>
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {words[l.sign] && <span className="sr-only">{words[l.sign]} </span>}
            {l.path} {l.value.length > 300 ? `${l.value.slice(0, 300)}…` : l.value}
          </span>
        </li>
      ))}
    </ul>
  </ScrollBox>
)
