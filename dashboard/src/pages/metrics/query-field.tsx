import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { Shape } from '../../ui/status.tsx'
import type { Editor } from '../logs/editor.ts'

/** The parser is loaded with the editor, not with the page. */
type Language = typeof import('./reading.ts')
type Wrong = { from: number; to: number; message: string }

/** PromQL in a field of its own: coloured, completed from the team's metrics; what is wrong with it stands below, else what it means. */
export function QueryField({
  label,
  value,
  hint,
  formula = false,
  refused = null,
  error,
  onChange,
  onRun,
}: {
  label: string
  value: string
  hint: string
  /** It speaks of other queries, so only the API can say what is wrong with it. */
  formula?: boolean
  /** What the API says of the query that was asked. */
  refused?: { message: string; at: number } | null
  /** What is missing, where nothing is wrong with the text itself. */
  error?: string | undefined
  onChange: (value: string) => void
  onRun: () => void
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
          label,
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
  }, [label, hint])
  useEffect(() => {
    editor.current?.set(value)
  }, [value])
  const wrong = wrongOf(language, value, formula, refused)
  const told = wrong?.message ?? error
  const says = !told && !formula && value.trim() ? (language?.explained(value) ?? null) : null
  const mark = wrong ? `${wrong.from} ${wrong.to} ${wrong.message}` : ''
  useEffect(() => {
    editor.current?.mark(wrong)
    editor.current?.describe(told ? { 'aria-invalid': 'true', 'aria-describedby': `${id}-w` } : {})
  }, [mark, told, loaded, id])
  return (
    <div className="min-w-0 flex-1">
      <div
        className={cx(
          'flex min-h-[34px] items-center rounded-2 border bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-solid pointer-coarse:min-h-11',
          told ? 'border-down-solid' : 'border-line-control',
        )}
      >
        {!loaded && (
          <input
            type="text"
            aria-label={label}
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
      {told ? (
        <p id={`${id}-w`} role="status" className="flex items-center gap-1.5 pt-1 text-12 text-down">
          <Shape state="down" />
          {told}
        </p>
      ) : (
        says && <p className="pt-1 text-12 text-text-3">{says}</p>
      )}
    </div>
  )
}

/** A formula is read with its queries in place, so only what the API says of it is told. */
function wrongOf(
  language: Language | null,
  value: string,
  formula: boolean,
  refused: { message: string; at: number } | null,
): Wrong | null {
  const own = formula ? null : (language?.wrongIn(value) ?? null)
  if (own) return own
  return refused && value ? { from: refused.at, to: refused.at + 1, message: refused.message } : null
}
