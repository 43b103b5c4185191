import { Plus, X } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { FieldError, TextInput } from '../../ui/field.tsx'
import type { Draft } from './draft.ts'

type Header = Draft['headers'][number]

/** Name and value per line. A stored value is never shown: it stays until something is typed over it. */
export function Headers({
  headers,
  error,
  onChange,
}: {
  headers: Draft['headers']
  error?: string | undefined
  onChange: (headers: Draft['headers']) => void
}) {
  const set = (key: number, patch: Partial<Header>) => onChange(headers.map((h) => (h.key === key ? { ...h, ...patch } : h)))
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-12 text-text-2">Headers</legend>
      {headers.map((h, i) => (
        <div key={h.key} className="mb-1.5 grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_28px] items-center gap-2">
          <TextInput
            mono
            aria-label={`Header ${i + 1} name`}
            value={h.name}
            spellCheck={false}
            onChange={(e) => set(h.key, { name: e.target.value, value: h.value ?? '' })}
          />
          <TextInput
            mono
            aria-label={`Header ${i + 1} value`}
            value={h.value ?? ''}
            placeholder={h.value === null ? '•••••••• stays' : ''}
            spellCheck={false}
            onChange={(e) => set(h.key, { value: e.target.value })}
          />
          <Button
            kind="ghost"
            icon={X}
            aria-label={`Remove header ${i + 1}`}
            onClick={() => onChange(headers.filter((o) => o.key !== h.key))}
          />
        </div>
      ))}
      {error && <FieldError>{error}</FieldError>}
      <Button
        kind="ghost"
        icon={Plus}
        className="px-1"
        onClick={() => onChange([...headers, { key: Math.max(-1, ...headers.map((h) => h.key)) + 1, name: '', value: '' }])}
      >
        Header
      </Button>
    </fieldset>
  )
}
