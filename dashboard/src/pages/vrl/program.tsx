import { useEffect, useRef } from 'react'
import type { DiagnosticBody } from '../../../../shared/logs/pipeline/schema.ts'
import { Button } from '../../ui/button.tsx'
import { Shape } from '../../ui/status.tsx'
import type { VrlEditor } from './editor.ts'
import type { Help } from './language.ts'

type Props = {
  value: string
  help: ReadonlyMap<string, Help> | null
  event: unknown
  diagnostics: readonly DiagnosticBody[]
  readOnly: boolean
  onChange: (value: string) => void
  onRun: () => void
  onSave: () => void
}

/** The program, with what is wrong underlined and listed below. */
export function Program({ value, help, event, diagnostics, readOnly, onChange, onRun, onSave }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<VrlEditor>(null)
  const latest = useRef({ value, event, diagnostics, onChange, onRun, onSave })
  latest.current = { value, event, diagnostics, onChange, onRun, onSave }
  useEffect(() => {
    if (!help) return
    let gone = false
    import('./editor.ts').then(({ vrlEditor }) => {
      if (gone || !box.current) return
      editor.current = vrlEditor({
        parent: box.current,
        value: latest.current.value,
        label: 'Program',
        readOnly,
        help,
        event: () => latest.current.event,
        onChange: (v) => latest.current.onChange(v),
        onRun: () => latest.current.onRun(),
        onSave: () => latest.current.onSave(),
      })
      editor.current.mark(latest.current.diagnostics)
    })
    return () => {
      gone = true
      editor.current?.destroy()
      editor.current = null
    }
  }, [help, readOnly])
  useEffect(() => {
    editor.current?.set(value)
  }, [value])
  useEffect(() => {
    editor.current?.mark(diagnostics)
    editor.current?.describe(diagnostics.some((d) => d.severity === 'error') ? { 'aria-invalid': 'true' } : {})
  }, [diagnostics])
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <div
        ref={box}
        className="max-h-[60dvh] min-h-[276px] overflow-auto focus-within:outline-2 focus-within:-outline-offset-2 focus-within:outline-accent-solid"
      />
      {diagnostics.length > 0 && (
        <ul aria-label="What the compiler says" className="grid gap-1 border-t border-line-soft px-3.5 py-2.5">
          {diagnostics.slice(0, 8).map((d, i) => (
            <Finding key={i} found={d} onGo={(offset) => editor.current?.goTo(offset)} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Finding({ found, onGo }: { found: DiagnosticBody; onGo: (offset: number) => void }) {
  const label = found.labels.find((l) => l.primary) ?? found.labels[0]
  const isError = found.severity === 'error'
  return (
    <li className="grid gap-0.5">
      <p className="flex items-start gap-1.5 text-12">
        <Shape state={isError ? 'down' : 'degraded'} className={isError ? 'mt-px text-down' : 'mt-px text-warn'} />
        <span className="min-w-0 flex-1">
          <b className="font-550">{found.code}</b> {found.message}
          {label?.message && `: ${label.message}`}
        </span>
        {label && (
          <Button kind="ghost" className="-my-1 h-6! text-12! pointer-coarse:h-11!" onClick={() => onGo(label.start)}>
            line {label.line}
          </Button>
        )}
      </p>
      <details className="text-12 text-text-3">
        <summary className="cursor-pointer pointer-coarse:min-h-11">As the vrl tool prints it</summary>
        <pre className="overflow-x-auto pt-1 font-mono text-11 leading-4 text-text-2">{found.rendered}</pre>
      </details>
    </li>
  )
}
