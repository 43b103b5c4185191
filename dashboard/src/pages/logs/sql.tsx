import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type * as z from 'zod'
import type { QueryAnswer } from '../../../../shared/logs/schema.ts'
import { ApiError, api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { shown } from '../../ui/kbd.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { count, duration, plural } from '../../words.ts'
import type { Span } from './brush.ts'
import { csvOf, textOf } from './csv.ts'
import { tables } from './dialect.ts'
import type { Editor } from './editor.ts'
import { bytes } from './numbers.ts'
import { type Plotted, plotted } from './plotted.ts'

const Chart = lazy(() => import('../../ui/chart.tsx').then((m) => ({ default: m.Chart })))

type Answer = z.infer<typeof QueryAnswer>
export type Run = { sql: string; span: Span; nth: number } | null

/** The editor, what the query cost, and its rows. */
export function Sql({ text, run, onText, onRun }: { text: string; run: Run; onText: (sql: string) => void; onRun: () => void }) {
  const client = useQueryClient()
  const queryKey = ['logs', 'sql', run]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      api.post<Answer>(
        '/api/logs/query',
        { query_type: 'SQL', query: run!.sql, from: new Date(run!.span.from).toISOString(), to: new Date(run!.span.to).toISOString() },
        { signal },
      ),
    enabled: (q) => run !== null && q.state.data === undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  })
  const plot = useMemo(() => (query.data ? plotted(query.data) : null), [query.data])
  const [look, setLook] = useState<'table' | 'chart'>('table')
  const refused = query.error instanceof ApiError && query.error.code === 'invalid' ? query.error : null
  return (
    <>
      <SqlEditor value={text} onChange={onText} onRun={onRun} invalid={refused !== null} />
      {refused && (
        <p role="alert" className="mx-4 mb-2.5 flex items-start gap-1.5 font-mono text-12 text-down [overflow-wrap:anywhere]">
          <Shape state="down" className="mt-px" />
          {sentence(refused)}
        </p>
      )}
      <div className="flex min-h-10 flex-wrap items-center gap-x-3.5 border-y border-line bg-surface px-4 py-1.5 text-12 text-text-2">
        {query.isFetching && run ? (
          <Running onCancel={() => client.cancelQueries({ queryKey })} />
        ) : query.data && !query.isPlaceholderData ? (
          <Cost answer={query.data} />
        ) : (
          <span>{shown('mod+enter')} runs the query over the range above.</span>
        )}
        {plot && (
          <Segmented
            label="Rows as"
            className="ml-auto"
            value={look}
            options={[
              ['table', 'Table'],
              ['chart', 'Chart'],
            ]}
            onChange={setLook}
          />
        )}
        {query.data && query.data.data.length > 0 && (
          <Button
            icon={Copy}
            className={plot ? '' : 'ml-auto'}
            onClick={() =>
              navigator.clipboard
                .writeText(
                  csvOf(
                    query.data.columns.map((c) => c.name),
                    query.data.data,
                  ),
                )
                .then(() => toast(`Copied ${plural(query.data.data.length, 'row')} as CSV`))
            }
          >
            Copy as CSV
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-auto bg-surface">
        {query.error && !refused ? (
          <ErrorState error={query.error} retry={query.refetch} retrying={query.isFetching} />
        ) : query.data ? (
          plot && look === 'chart' ? (
            <Lines plot={plot} />
          ) : (
            <Result answer={query.data} />
          )
        ) : query.isFetching ? (
          <Skeleton rows={10} saying="Running the query" />
        ) : null}
      </div>
    </>
  )
}

const Cost = ({ answer }: { answer: Answer }) => (
  <>
    <span className="flex items-center gap-1.5 text-up" role="status">
      <Shape state="up" />
      {plural(answer.data.length, 'row')} in {duration(answer.statistics.elapsed_ms)}
    </span>
    <span>
      read {count(answer.statistics.rows_read)} rows, {bytes(answer.statistics.bytes_read)}
    </span>
  </>
)

function Running({ onCancel }: { onCancel: () => void }) {
  const now = useNow(250)
  const started = useRef(Date.now())
  const ms = Math.max(0, now - started.current)
  return (
    <span className="flex items-center gap-3" role="status">
      {ms < 1000 ? 'Running' : `Running for ${duration(ms)}`}
      <Button kind="ghost" onClick={onCancel}>
        Cancel
      </Button>
    </span>
  )
}

function Result({ answer }: { answer: Answer }) {
  const columns = useMemo(() => columnsOf(answer), [answer])
  const rows = useMemo(
    () =>
      rowsOf(
        answer.data.map((row, i) => ({ ...row, '\0': i })),
        (row) => String(row['\0']),
      ),
    [answer],
  )
  if (!answer.data.length)
    return (
      <EmptyState title="No rows">
        <p>The query ran and found nothing in this range.</p>
      </EmptyState>
    )
  return (
    <Table
      label={`Result, ${plural(answer.data.length, 'row')}`}
      columns={columns}
      rows={rows}
      box="h-full"
      rowClass="[&>td]:h-[30px]"
      estimate={31}
    />
  )
}

const none: never[] = []
const swatch = ['', 'bg-s1', 'bg-s2', 'bg-s3', 'bg-s4', 'bg-s5', 'bg-s6', 'bg-s7', 'bg-s8']

/** The rows over time, their largest lines named under them. */
function Lines({ plot }: { plot: Plotted }) {
  const zone = useZone()
  const last = plot.series.map((s) => `${s.name} ${count(s.points.at(-1)?.value ?? 0)}`).join(', ')
  return (
    <div className="px-2 py-3">
      <Suspense fallback={<div style={{ height: 300 }} />}>
        <Chart
          label={`${plural(plot.series.length, 'line')} over time. Last: ${last}`}
          series={plot.series}
          stepMs={plot.stepMs}
          from={plot.from}
          to={plot.to}
          bands={none}
          zone={zone}
          height={300}
        />
      </Suspense>
      <ul className="flex flex-wrap gap-x-3.5 gap-y-1 px-2 pt-2 text-12 text-text-2">
        {plot.series.map((s) => (
          <li key={s.name} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-[9px] rounded-[2px] ${swatch[s.colour]}`} />
            {s.name}
          </li>
        ))}
        {plot.found > plot.series.length && (
          <li className="text-text-3">
            the largest {plot.series.length} of {count(plot.found)}
          </li>
        )}
      </ul>
    </div>
  )
}

const NUMBER = /^(Nullable\()?(U?Int|Float|Decimal)/
/** Numbers stand right; the first column of counts has its bars. */
function columnsOf(answer: Answer): Column<Record<string, unknown>>[] {
  const barred = answer.columns.find((c) => /^(Nullable\()?U?Int/.test(c.type))?.name
  const top = Math.max(1, ...answer.data.map((row) => Number(row[barred ?? '']) || 0))
  return answer.columns.map(({ name, type }) => {
    const numeric = NUMBER.test(type)
    return {
      id: name,
      head: <span title={type}>{name}</span>,
      numeric,
      className: 'font-mono text-12 whitespace-nowrap',
      cell: (row) => {
        const value = row[name]
        const text = numeric && value !== null && value !== undefined ? count(Number(value)) : textOf(value)
        const shown =
          value === null ? (
            <span className="text-text-3">null</span>
          ) : (
            <span title={text.length > 80 ? text.slice(0, 2000) : undefined}>{text.slice(0, 160)}</span>
          )
        if (name !== barred || answer.data.length < 2) return shown
        return (
          <span className="flex items-center justify-end gap-2">
            {shown}
            <span className="w-32 phone:hidden">
              <span className="block h-2 rounded-[2px] bg-s1" style={{ width: `${((Number(value) || 0) / top) * 100}%` }} />
            </span>
          </span>
        )
      },
    }
  })
}

function SqlEditor({
  value,
  invalid,
  onChange,
  onRun,
}: {
  value: string
  invalid: boolean
  onChange: (v: string) => void
  onRun: () => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(null)
  const latest = useRef({ value, onChange, onRun })
  latest.current = { value, onChange, onRun }
  useEffect(() => {
    let gone = false
    import('./editor.ts').then(({ sqlEditor }) => {
      if (gone || !box.current) return
      editor.current = sqlEditor({
        parent: box.current,
        value: latest.current.value,
        label: 'SQL query',
        schema: tables,
        onChange: (v) => latest.current.onChange(v),
        onRun: () => latest.current.onRun(),
      })
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
  useEffect(() => {
    editor.current?.describe(invalid ? { 'aria-invalid': 'true' } : {})
  }, [invalid])
  return (
    <div
      ref={box}
      className="mx-4 mb-2.5 min-h-[138px] rounded-2 border border-line-control bg-surface focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-solid"
    />
  )
}
