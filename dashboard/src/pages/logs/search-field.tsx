import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Unreadable } from '../../../../shared/logs/search/parse.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Shape } from '../../ui/status.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { Editor } from './editor.ts'
import { percent } from './numbers.ts'
import { completingAt } from './syntax.ts'
import { attributeName, quoted } from './terms.ts'
import type { FieldShare } from './wire.ts'

const HINT = 'Search: words, level:error, status>=500, NOT path:/healthz'

/**
 * The question, in the search language. A plain field until the editor has loaded, then the same with colours and completion.
 * What is typed is the caller's at once; `onRun` says that it is meant.
 */
export function SearchField({
  value,
  wrong,
  fields,
  onChange,
  onRun,
}: {
  value: string
  wrong: Unreadable | null
  fields: readonly FieldShare[]
  onChange: (value: string) => void
  onRun: () => void
}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const plain = useRef<HTMLInputElement>(null)
  const editor = useRef<Editor>(null)
  const [loaded, setLoaded] = useState(false)
  const focused = useRef(false)
  const latest = useRef({ fields, onChange, onRun, value })
  latest.current = { fields, onChange, onRun, value }

  useEffect(() => {
    let gone = false
    import('./editor.ts').then(({ searchEditor }) => {
      if (gone || !box.current) return
      const typing = document.activeElement === plain.current
      editor.current = searchEditor({
        parent: box.current,
        value: latest.current.value,
        label: 'Search the logs',
        hint: HINT,
        complete: (context) => completions(context, latest.current.fields),
        onChange: (v) => latest.current.onChange(v),
        onRun: () => latest.current.onRun(),
        onEscape: () => (document.activeElement as HTMLElement | null)?.blur(),
        onFocus: (on) => {
          focused.current = on
        },
      })
      setLoaded(true)
      if (typing) editor.current.focus()
    })
    return () => {
      gone = true
      editor.current?.destroy()
      editor.current = null
    }
  }, [])
  useEffect(() => {
    editor.current?.set(value)
  }, [value])
  const from = wrong?.at ?? -1
  const message = wrong?.message ?? ''
  useEffect(() => {
    const to = from < 0 ? 0 : from + Math.max(1, latest.current.value.slice(from).search(/(?<=\S)\s|$/))
    editor.current?.mark(message ? { from, to, message } : null)
    editor.current?.describe(message ? { 'aria-invalid': 'true', 'aria-describedby': `${id}-w` } : {})
  }, [from, message, loaded, id])

  const focus = () => (editor.current ?? plain.current)?.focus()
  useKeys([
    { keys: '/', label: 'Search', group: 'This page', run: focus },
    { keys: 'f', label: 'Search', group: 'This page', run: focus, hidden: true },
  ])
  return (
    <div className="min-w-0 flex-1 phone:order-first phone:basis-full">
      <search
        className={cx(
          'flex h-[34px] min-w-0 items-center gap-2 rounded-2 border bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-solid pointer-coarse:h-11',
          message ? 'border-down-solid' : 'border-line-control',
        )}
      >
        <Icon of={Search} size={16} className="text-text-3" />
        {!loaded && (
          <input
            ref={plain}
            type="text"
            aria-label="Search the logs"
            placeholder={HINT}
            spellCheck={false}
            value={value}
            onChange={(e) => onChange(e.target.value)}
            onKeyDown={(e) => e.key === 'Enter' && onRun()}
            className="h-8 min-w-0 flex-1 bg-transparent font-mono text-13 outline-none phone:text-16"
          />
        )}
        <div ref={box} className={loaded ? 'min-w-0 flex-1' : 'hidden'} />
        <Kbd keys="/" />
      </search>
      {message && (
        <p id={`${id}-w`} role="status" className="flex items-center gap-1.5 pt-1 text-12 text-down">
          <Shape state="down" />
          {message}
        </p>
      )}
    </div>
  )
}

const always = ['level', 'service', 'message', 'trace_id', 'span_id', 'timestamp']

/** Fields by how many lines have them, then values of the field by how often it has them. */
function completions(context: CompletionContext, fields: readonly FieldShare[]): CompletionResult | null {
  const at = completingAt(context.state.doc.toString(), context.pos)
  if (!at || (!at.part && !context.explicit && at.what === 'field')) return null
  if (at.what === 'value') {
    const field = fields.find((f) => attributeName(f.name) === at.field || f.name === at.field)
    const all = field?.values.reduce((sum, v) => sum + v.count, 0) || 1
    return {
      from: at.from,
      options: (field?.values ?? []).map((v, i) => ({
        label: quoted(v.value),
        detail: percent(v.count / all),
        boost: -i,
      })),
    }
  }
  const names = [
    ...fields.map((f) => ({ name: f.name, share: f.share })),
    ...always.filter((n) => !fields.some((f) => f.name === n)).map((name) => ({ name, share: null })),
  ]
  return {
    from: at.from,
    options: names.map((f, i) => ({
      label: f.name,
      apply: `${f.name}:`,
      ...(f.share === null ? {} : { detail: percent(f.share) }),
      boost: -Math.min(i, 98),
    })),
  }
}
