import { useQuery } from '@tanstack/react-query'
import { Braces, Link2, Minus, Plus, Rows3 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextLink } from '../../ui/link.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { moment, plural } from '../../words.ts'
import { traceQuery } from '../traces/queries.ts'
import { colours } from '../traces/services.ts'
import { jsonOf } from './lines.ts'
import { took } from './numbers.ts'
import { attributeName } from './terms.ts'
import type { LogRow } from './wire.ts'

const swatch = ['', 'bg-s1', 'bg-s2', 'bg-s3', 'bg-s4', 'bg-s5', 'bg-s6', 'bg-s7', 'bg-s8']

type Props = {
  row: LogRow
  zone: string
  sourceName: string
  onOnly: (field: string, value: string) => void
  onWithout: (field: string, value: string) => void
  onAround: () => void
}

/** A line in full: its fields, of which one is chosen for Only this and Without this, and its trace. */
export function Opened({ row, zone, sourceName, onOnly, onWithout, onAround }: Props) {
  const fields = fieldsOf(row)
  const [picked, setPicked] = useState(row.service ? 'service' : 'message')
  const field = fields.find((f) => f.name === picked) ?? fields[0]!
  const copy = (text: string, said: string) => navigator.clipboard.writeText(text).then(() => toast(said))
  useKeys([
    { keys: '+', label: 'Only this value', group: 'Open line', run: () => onOnly(field.name, field.value) },
    { keys: '-', label: 'Without this value', group: 'Open line', run: () => onWithout(field.name, field.value) },
    { keys: 'x', label: 'Lines around', group: 'Open line', run: onAround },
  ])
  return (
    <div className="grid grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] gap-x-7 px-4 pt-2.5 pb-3 leading-6 narrow:grid-cols-[minmax(0,1fr)]">
      <div className="min-w-0">
        {fields.map((f) => (
          <div key={f.name} className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-2.5 phone:grid-cols-[96px_minmax(0,1fr)]">
            <button
              type="button"
              aria-pressed={f.name === field.name}
              title={`Choose ${f.name} for Only this and Without this`}
              onClick={() => setPicked(f.name)}
              className="-ml-1 truncate rounded-1 px-1 text-left text-text-3 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-text pointer-coarse:min-h-8"
            >
              {f.shown}
            </button>
            <div className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
              {f.name === 'trace_id' && f.value ? (
                <TextLink href={`/traces/${f.value}`}>{f.value}</TextLink>
              ) : (
                f.value || <span className="text-text-3">empty</span>
              )}
            </div>
          </div>
        ))}
        <div className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-2.5 phone:grid-cols-[96px_minmax(0,1fr)]">
          <span className="text-text-3">source</span>
          <span className="truncate">{sourceName}</span>
          <span className="text-text-3">time</span>
          <span className="[overflow-wrap:anywhere]" title={row.timestamp}>
            {moment(Date.parse(row.timestamp), zone, Date.now())}
          </span>
        </div>
      </div>
      <div className="min-w-0 font-sans text-13 narrow:mt-3">
        <div className="mb-2 flex flex-wrap gap-2">
          <Button icon={Plus} keys="+" onClick={() => onOnly(field.name, field.value)} title={`Only ${field.shown} = ${field.value}`}>
            Only this
          </Button>
          <Button
            icon={Minus}
            keys="-"
            onClick={() => onWithout(field.name, field.value)}
            title={`Without ${field.shown} = ${field.value}`}
          >
            Without this
          </Button>
          <Button icon={Rows3} keys="x" onClick={onAround}>
            Lines around
          </Button>
          <Button icon={Braces} aria-label="Copy as JSON" onClick={() => copy(jsonOf(row), 'Copied as JSON')} />
          <Button icon={Link2} aria-label="Copy a link to this line" onClick={() => copy(location.href, 'Link copied')} />
        </div>
        {row.trace_id && <MiniTrace id={row.trace_id} at={Date.parse(row.timestamp)} />}
      </div>
    </div>
  )
}

type Shown = { name: string; shown: string; value: string }
const fieldsOf = (row: LogRow): Shown[] => [
  { name: 'message', shown: 'message', value: row.message },
  ...(['level', 'service'] as const).filter((name) => row[name]).map((name) => ({ name, shown: name, value: row[name] })),
  ...Object.entries(row.attributes).map(([key, value]) => ({ name: attributeName(key), shown: key, value })),
  ...(['trace_id', 'span_id'] as const).filter((name) => row[name]).map((name) => ({ name, shown: name, value: row[name] })),
]

/** The four longest steps of the line's trace; nothing when it is not stored. */
function MiniTrace({ id, at }: { id: string; at: number }) {
  const trace = useQuery(traceQuery(id)).data
  if (!trace?.spans.length) return null
  const total = Math.max(trace.duration_ms, 0.001)
  const start = Date.parse(trace.started_at)
  const shown = trace.spans
    .filter((s) => s.depth <= 1)
    .slice(0, 40)
    .sort((a, b) => b.duration_ms - a.duration_ms)
    .slice(0, 4)
  const colour = colours(trace.spans)
  return (
    <div className="grid gap-[3px] font-mono text-11 leading-[18px]">
      <TextLink href={`/traces/${id}`} className="mb-0.5 w-fit font-sans text-12">
        Trace {id.slice(0, 8)}, {took(trace.duration_ms)}, {plural(trace.spans.length, 'span')}
      </TextLink>
      {shown.map((s) => {
        const left = Math.min(99, Math.max(0, ((Date.parse(s.started_at) - start) / total) * 100))
        return (
          <div
            key={s.span_id}
            className="grid grid-cols-[150px_minmax(0,1fr)_62px] items-center gap-2 phone:grid-cols-[110px_minmax(0,1fr)_62px]"
          >
            <span className="truncate">{s.operation}</span>
            <span className="relative h-2">
              <i
                className={cx(
                  'absolute h-2 min-w-0.5 rounded-[2px]',
                  s.status === 'error' ? 'bg-down-solid' : swatch[colour.get(s.service) ?? 1],
                )}
                style={{ left: `${left}%`, width: `${Math.min(100 - left, (s.duration_ms / total) * 100)}%` }}
              />
              {s.depth === 0 && (
                <i
                  className="absolute -inset-y-0.5 w-px bg-accent-solid"
                  style={{ left: `${Math.min(100, Math.max(0, ((at - start) / total) * 100))}%` }}
                />
              )}
            </span>
            <span className="text-right text-text-2">{took(s.duration_ms)}</span>
          </div>
        )
      })}
    </div>
  )
}
