import { Eye, EyeOff, X } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { QueryField } from './query-field.tsx'

/** One query: its letter, the editor, what is wrong with it under the character, what it means. */
export function Line({
  name,
  value,
  hint,
  on,
  refused,
  onChange,
  onRun,
  onToggle,
  onRemove,
}: {
  name: string
  value: string
  hint: string
  on: boolean
  /** What the API says of the query that was asked. */
  refused: { message: string; at: number } | null
  onChange: (value: string) => void
  onRun: () => void
  onToggle: () => void
  onRemove: (() => void) | null
}) {
  return (
    <div className="flex items-start gap-2">
      <button
        type="button"
        aria-pressed={on}
        aria-label={on ? `Hide ${name}` : `Show ${name}`}
        onClick={onToggle}
        className={cx(
          'flex h-[34px] w-[34px] flex-none items-center justify-center rounded-2 border font-mono text-12 pointer-coarse:h-11 pointer-coarse:w-11',
          on ? 'border-accent-solid bg-accent-soft font-550 text-accent' : 'border-line text-text-3',
        )}
      >
        {name === 'Formula' ? on ? <Eye size={14} aria-hidden="true" /> : <EyeOff size={14} aria-hidden="true" /> : name}
      </button>
      <QueryField label={`Query ${name}`} {...{ value, hint, refused, onChange, onRun }} formula={name === 'Formula'} />
      {onRemove && (
        <Button kind="ghost" icon={X} onClick={onRemove} aria-label={`Remove ${name}`} className="h-[34px] pointer-coarse:h-11" />
      )}
    </div>
  )
}
