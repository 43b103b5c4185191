import type { UseQueryResult } from '@tanstack/react-query'
import { ChevronRight, Minus } from 'lucide-react'
import { useState } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextInput } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { count } from '../../words.ts'
import { percent } from './numbers.ts'
import type { Pattern } from './patterns.ts'
import { attributeName } from './terms.ts'
import type { FieldShare, Fields } from './wire.ts'

const FIRST = ['level', 'service']

type Props = {
  query: UseQueryResult<Fields>
  patterns: readonly Pattern[]
  sources: readonly Source[]
  chosen: readonly string[]
  onSources: (ids: string[]) => void
  onOnly: (field: string, value: string) => void
  onWithout: (field: string, value: string) => void
  onPattern: (search: string) => void
  className?: string
}

/** What the found lines are made of: fields by how many lines have them, values by their share. Pressing a value asks for only this. */
export function Facets({ query, patterns, sources, chosen, onSources, onOnly, onWithout, onPattern, className }: Props) {
  const [find, setFind] = useState('')
  const words = find.trim().toLowerCase()
  const fields = (query.data?.data ?? []).filter(
    (f) =>
      // sources have a list of their own
      f.name !== 'source_id' &&
      (!words || f.name.toLowerCase().includes(words) || f.values.some((v) => v.value.toLowerCase().includes(words))),
  )
  const sample = query.data?.sample
  return (
    <ScrollBox label="Fields" className={cx('border-r border-line-soft py-2.5', className)}>
      <div className="px-3 pb-1.5">
        <TextInput
          type="search"
          aria-label="Find a field"
          placeholder="Find a field"
          value={find}
          onChange={(e) => setFind(e.target.value)}
        />
      </div>
      {sources.length > 1 && <SourceFacet sources={sources} chosen={chosen} onSources={onSources} />}
      <div className="flex justify-between px-4 pt-2 pb-1 text-12 text-text-3">
        <h2 className="font-medium">Fields in view</h2>
        <span>share</span>
      </div>
      {query.data === undefined ? (
        query.error ? (
          <div className="grid justify-items-start gap-2 px-4 py-2 text-12 text-text-2">
            <span>{sentence(query.error)}</span>
            <Button onClick={() => query.refetch()} busy={query.isFetching}>
              Try again
            </Button>
          </div>
        ) : (
          <div className="skeleton grid gap-2 px-4 py-2" role="status" aria-label="Counting fields">
            {Array.from({ length: 8 }, (_, i) => (
              <span key={i} className="h-3 rounded-1 bg-hover" style={{ width: `${40 + ((i * 23) % 50)}%` }} />
            ))}
          </div>
        )
      ) : fields.length === 0 ? (
        <p className="px-4 py-2 text-12 text-text-3">{words ? 'No field is called so.' : 'No fields in these lines.'}</p>
      ) : (
        sorted(fields).map((f, i) => (
          <Facet
            key={f.name}
            field={f}
            rows={sample?.rows ?? 0}
            open={FIRST.includes(f.name) || (!!words && i < 3)}
            onOnly={onOnly}
            onWithout={onWithout}
          />
        ))
      )}
      {sample && !sample.complete && <p className="px-4 pt-2 text-11 text-text-3">Of the newest {count(sample.rows)} lines.</p>}
      {!words && <Patterns patterns={patterns} onPattern={onPattern} />}
    </ScrollBox>
  )
}

function Patterns({ patterns, onPattern }: Pick<Props, 'patterns' | 'onPattern'>) {
  if (!patterns.length) return null
  const most = patterns[0]!.count
  return (
    <>
      <div className="flex justify-between px-4 pt-3 pb-1 text-12 text-text-3">
        <h2 className="font-medium">Patterns</h2>
        <span>lines loaded</span>
      </div>
      <ul className="px-2 pb-2 pl-[26px]">
        {patterns.map((p) => (
          <li key={p.text}>
            <button
              type="button"
              title={`Only lines like: ${p.text}`}
              onClick={() => onPattern(p.only)}
              className="grid w-full min-w-0 grid-cols-[minmax(0,1fr)_auto] gap-x-2 rounded-1 px-1 py-0.5 text-left text-12 leading-[18px] hover:bg-hover"
            >
              <span className="truncate">{p.text}</span>
              <span className="text-text-3">{count(p.count)}</span>
              <span className="col-span-full block h-[3px] overflow-hidden rounded-[2px] bg-active">
                <span className="block h-[3px] bg-s1" style={{ width: `${(p.count / most) * 100}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

const sorted = (fields: readonly FieldShare[]): FieldShare[] =>
  fields.toSorted((a, b) => rank(a) - rank(b) || b.share - a.share || a.name.localeCompare(b.name))
const rank = (f: FieldShare) => (FIRST.includes(f.name) ? FIRST.indexOf(f.name) : FIRST.length)

function Facet({
  field,
  rows,
  open,
  onOnly,
  onWithout,
}: { field: FieldShare; rows: number; open: boolean } & Pick<Props, 'onOnly' | 'onWithout'>) {
  const listed = field.values.reduce((sum, v) => sum + v.count, 0)
  const all = Math.max(listed, field.share * rows, 1)
  const name = attributeName(field.name)
  return (
    <details className="group" open={open}>
      <summary className="flex h-[26px] list-none items-center gap-1.5 pr-4 pl-2.5 font-mono text-12 text-text-2 group-open:text-text hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:h-11 [&::-webkit-details-marker]:hidden">
        <Icon of={ChevronRight} size={12} className="text-text-3 group-open:rotate-90" />
        <span className="min-w-0 truncate">{field.name}</span>
        <span className="ml-auto font-sans text-11 text-text-3">
          {field.share < 0.995 ? percent(field.share) : field.values.length >= 10 ? '10 +' : field.values.length}
        </span>
      </summary>
      <ul className="pb-1">
        {field.values.map((v) => (
          <li key={v.value} className="group/v relative flex items-start pr-2 pl-[26px]">
            <button
              type="button"
              title={`Only ${field.name} = ${v.value}`}
              onClick={() => onOnly(name, v.value)}
              className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] gap-x-2 rounded-1 px-1 py-0.5 text-left text-12 leading-[18px] hover:bg-hover"
            >
              <span className="truncate">{v.value || <span className="text-text-3">empty</span>}</span>
              <span className="text-text-3">{percent(v.count / all)}</span>
              <span className="col-span-full block h-[3px] overflow-hidden rounded-[2px] bg-active">
                <span className="block h-[3px] bg-s1" style={{ width: `${(v.count / all) * 100}%` }} />
              </span>
            </button>
            <button
              type="button"
              aria-label={`Without ${field.name} ${v.value}`}
              title={`Without ${field.name} = ${v.value}`}
              onClick={() => onWithout(name, v.value)}
              className="grid size-6 flex-none place-items-center rounded-1 text-text-3 opacity-0 group-hover/v:opacity-100 hover:bg-hover hover:text-text focus-visible:opacity-100 pointer-coarse:opacity-100"
            >
              <Icon of={Minus} size={12} />
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function SourceFacet({ sources, chosen, onSources }: Pick<Props, 'sources' | 'chosen' | 'onSources'>) {
  const toggle = (id: string) => onSources(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  return (
    <fieldset className="min-w-0 px-4 pt-1 pb-2">
      <legend className="pb-1 text-12 font-medium text-text-3">Sources</legend>
      {sources.map((s) => (
        <label key={s.id} className="flex min-h-6 items-center gap-2 text-12 pointer-coarse:min-h-11">
          <input type="checkbox" checked={chosen.includes(s.id)} onChange={() => toggle(s.id)} className="size-3.5 accent-accent-solid" />
          <span className="min-w-0 truncate">{s.name}</span>
        </label>
      ))}
    </fieldset>
  )
}
