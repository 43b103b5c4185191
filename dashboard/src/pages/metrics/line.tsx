import { useQueryClient } from '@tanstack/react-query'
import { Eye, EyeOff, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Shape } from '../../ui/status.tsx'
import type { Editor } from '../logs/editor.ts'

/** The parser is loaded with the editor, not with the page. */
type Language = typeof import('./reading.ts')
type Wrong = { from: number; to: number; message: string }

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
  const id = useId()
  const client = useQueryClient()
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(null)
  const [loaded, setLoaded] = useState(false)
  const [language, setLanguage] = useState<Language | null>(null)
  const latest = useRef({ onChange, onRun, value, client })
  latest.current = { onChange, onRun, value, client }
  useEffect(() => {
    let gone = false
    Promise.all([import('./editor.ts'), import('./complete.ts'), import('./reading.ts')]).then(
      ([{ promqlEditor }, { completions }, reading]) => {
        if (gone || !box.current) return
        setLanguage(reading)
        editor.current = promqlEditor({
          parent: box.current,
          value: latest.current.value,
          label: `Query ${name}`,
          hint,
          complete: (context) => completions(context, latest.current.client),
          onChange: (v) => latest.current.onChange(v),
          onRun: () => latest.current.onRun(),
        })
        setLoaded(true)
      },
    )
    return () => {
      gone = true
      editor.current?.destroy()
      editor.current = null
    }
  }, [name, hint])
  useEffect(() => {
    editor.current?.set(value)
  }, [value])
  const wrong = wrongOf(language, value, name, refused)
  const says = !wrong && name !== 'Formula' && value.trim() ? (language?.explained(value) ?? null) : null
  const mark = wrong ? `${wrong.from} ${wrong.to} ${wrong.message}` : ''
  useEffect(() => {
    editor.current?.mark(wrong)
    editor.current?.describe(wrong ? { 'aria-invalid': 'true', 'aria-describedby': `${id}-w` } : {})
  }, [mark, loaded, id])
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
      <div className="min-w-0 flex-1">
        <div
          className={cx(
            'flex min-h-[34px] items-center rounded-2 border bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-solid pointer-coarse:min-h-11',
            wrong ? 'border-down-solid' : 'border-line-control',
          )}
        >
          {!loaded && (
            <input
              type="text"
              aria-label={`Query ${name}`}
              placeholder={hint}
              spellCheck={false}
              value={value}
              onChange={(e) => onChange(e.target.value)}
              onKeyDown={(e) => e.key === 'Enter' && onRun()}
              className="h-8 min-w-0 flex-1 bg-transparent font-mono text-13 outline-none phone:text-16"
            />
          )}
          <div ref={box} className={loaded ? 'min-w-0 flex-1' : 'hidden'} />
        </div>
        {wrong ? (
          <p id={`${id}-w`} role="status" className="flex items-center gap-1.5 pt-1 text-12 text-down">
            <Shape state="down" />
            {wrong.message}
          </p>
        ) : (
          says && <p className="pt-1 text-12 text-text-3">{says}</p>
        )}
      </div>
      {onRemove && (
        <Button kind="ghost" icon={X} onClick={onRemove} aria-label={`Remove ${name}`} className="h-[34px] pointer-coarse:h-11" />
      )}
    </div>
  )
}

/** A formula is read with its queries in place, so only what the API says of it is told. */
function wrongOf(language: Language | null, value: string, name: string, refused: { message: string; at: number } | null): Wrong | null {
  const own = name === 'Formula' ? null : (language?.wrongIn(value) ?? null)
  if (own) return own
  return refused && value ? { from: refused.at, to: refused.at + 1, message: refused.message } : null
}
