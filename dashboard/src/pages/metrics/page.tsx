import { useQueries, useQuery } from '@tanstack/react-query'
import { Play, Plus } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ApiError } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { fromInstants, shifted } from '../../range.ts'
import { useTitle } from '../../title.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Note, PageHeader, Panel, Stack } from '../../ui/panel.tsx'
import { Command, EmptyState, ErrorState, Skeleton } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useUrlState } from '../../use-url-state.ts'
import { clock, plural } from '../../words.ts'
import { onSteps, stepFor } from '../board/data.ts'
import { RangePicker } from '../logs/range-picker.tsx'
import { Browser } from './browser.tsx'
import { Line } from './line.tsx'
import { answerQuery, exemplarsQuery, type Metric, namesQuery } from './queries.ts'
import { Exemplars, type Found, Instant, nameOf, Range } from './results.tsx'
import { type Asked, askedOf, firstQuery, rangeIn, shape } from './view.ts'

const HINTS = { A: 'sum by (job) (rate(http_requests_total[5m]))', B: 'A second query', Formula: 'A / B' } as const
type Name = keyof typeof HINTS
const keyOf = { A: 'expr', B: 'expr2', Formula: 'formula' } as const

/** `/metrics`: how does this number behave? */
export function Page() {
  useTitle('Metrics')
  const zone = useZone()
  const [view, setView] = useUrlState(shape)
  const [asOf, setAsOf] = useState(() => Date.now())
  const [typed, setTyped] = useState({ A: view.expr, B: view.expr2, Formula: view.formula })
  const [more, setMore] = useState<readonly Name[]>([])
  const [chosen, setChosen] = useState('')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => setTyped({ A: view.expr, B: view.expr2, Formula: view.formula }), [view.expr, view.expr2, view.formula])
  const range = useMemo(() => rangeIn(view, asOf), [view.from, view.to, asOf])
  const step = stepFor(range.from, range.to, box.current?.clientWidth ?? 900)
  const asked = useMemo(() => askedOf(view), [view.expr, view.expr2, view.formula, view.off])
  const table = view.as === 'table'
  const whole = onSteps(range.from, range.to, step)
  const answers = useQueries({
    queries: asked.map((q) => answerQuery(q.expr, table ? range.to : whole.from, table ? range.to : whole.to, table ? 0 : step)),
  })
  const names = useQuery({ ...namesQuery, refetchInterval: (q) => (q.state.data?.data.length === 0 ? 5_000 : false) })
  const exemplars = useQuery({ ...exemplarsQuery(asked[0]?.expr ?? '', range.from, range.to), enabled: !table && asked.length > 0 })
  const answered = answers.map((a) => a.data)
  const found = useMemo(() => foundOf(asked, answered), [asked, ...answered])
  const shown: Name[] = (['A', 'B', 'Formula'] as const).filter((n) => n === 'A' || typed[n] || view[keyOf[n]] || more.includes(n))

  // Enter may come before what was typed last is rendered
  const latest = useRef(typed)
  latest.current = typed
  const type = (name: Name, value: string) => {
    latest.current = { ...latest.current, [name]: value }
    setTyped(latest.current)
  }
  const run = (patch: Partial<typeof typed> = {}) => {
    const next = { ...latest.current, ...patch }
    setAsOf(Date.now())
    setView({ expr: next.A, expr2: next.B, formula: next.Formula })
  }
  const remove = (name: Name) => {
    setMore(more.filter((n) => n !== name))
    setTyped({ ...typed, [name]: '' })
    setView({ [keyOf[name]]: '' })
  }
  const toggle = (name: Name) => setView({ off: view.off.includes(name) ? view.off.filter((n) => n !== name) : [...view.off, name] })
  const choose = (metric: Metric) => {
    setChosen(metric.name)
    run({ A: firstQuery(metric) })
  }
  const move = (by: -1 | 1) => {
    setAsOf(Date.now())
    setView(shifted(range, by, Date.now()))
  }
  useKeys([
    { keys: '[', label: 'Earlier', group: 'Range', run: () => move(-1) },
    { keys: ']', label: 'Later', group: 'Range', run: () => move(1) },
    { keys: '.', label: 'Now', group: 'Range', run: () => setAsOf(Date.now()) },
  ])
  const add = (['B', 'Formula'] as const).find((n) => !shown.includes(n))
  if (names.error && !names.data) return <ErrorState error={names.error} retry={names.refetch} retrying={names.isFetching} />
  if (names.data?.data.length === 0 && !asked.length) return <NoMetrics />
  return (
    <>
      <PageHeader
        title="Metrics"
        actions={
          <>
            <Segmented
              label="Show as"
              value={view.as}
              options={[
                ['chart', 'Chart'],
                ['table', 'Table'],
              ]}
              onChange={(as) => setView({ as })}
            />
            <RangePicker
              range={range}
              zone={zone}
              now={asOf}
              onChange={(to) => {
                setAsOf(Date.now())
                setView(to)
              }}
            />
            <Button kind="primary" icon={Play} keys="mod+enter" onClick={() => run()} className="h-[34px] pointer-coarse:h-11">
              Run
            </Button>
          </>
        }
      />
      <div className="grid grid-cols-[280px_minmax(0,1fr)] items-start gap-4 narrow:grid-cols-[minmax(0,1fr)]">
        <div className="narrow:order-2">
          <Browser query={names} chosen={chosen} onChoose={choose} />
        </div>
        <Stack>
          <div className="grid gap-2" ref={box}>
            {shown.map((name) => (
              <Line
                key={name}
                name={name}
                value={typed[name]}
                hint={HINTS[name]}
                on={!view.off.includes(name)}
                refused={refusedOf(answers[asked.findIndex((q) => q.name === name)]?.error, typed[name] === view[keyOf[name]])}
                onChange={(value) => type(name, value)}
                onRun={() => run()}
                onToggle={() => toggle(name)}
                onRemove={name === 'A' ? null : () => remove(name)}
              />
            ))}
            {add && (
              <div className="pl-[42px] pointer-coarse:pl-[52px]">
                <Button kind="ghost" icon={Plus} onClick={() => setMore([...more, add])}>
                  {add === 'B' ? 'Add a query' : 'Add a formula of A and B'}
                </Button>
              </div>
            )}
          </div>
          <Panel
            title={table ? 'Values' : 'Over time'}
            sub={
              found && `${plural(found.length, 'series', 'series')}, ${table ? `at ${clock(range.to, zone)}` : `every ${step / 1000} s`}`
            }
          >
            {!asked.length ? (
              <EmptyState title="Ask about a metric">
                <p>Choose one from the list, or write PromQL above. Enter asks.</p>
              </EmptyState>
            ) : (
              <Results
                answers={answers}
                found={found}
                body={(lines) =>
                  table ? (
                    <Instant found={lines} />
                  ) : (
                    <Range
                      found={lines}
                      range={range}
                      stepMs={step}
                      zone={zone}
                      onRange={(from, to) => setView(fromInstants(from, Math.min(to, Date.now())))}
                    />
                  )
                }
              />
            )}
          </Panel>
          {!!exemplars.data?.length && !table && (
            <Panel title="Exemplars" sub={`${plural(exemplars.data.length, 'measurement')} behind these series, newest first`}>
              <Exemplars exemplars={exemplars.data} zone={zone} />
            </Panel>
          )}
        </Stack>
      </div>
    </>
  )
}

type Answers = readonly {
  data?: { notes: readonly string[] } | undefined
  error: unknown
  isPlaceholderData: boolean
  refetch: () => void
  isFetching: boolean
}[]

function Results({
  answers,
  found,
  body,
}: {
  answers: Answers
  found: readonly Found[] | null
  body: (found: readonly Found[]) => React.ReactNode
}) {
  const failed = answers.find((a) => a.error && !isRefusal(a.error))
  if (failed) return <ErrorState error={failed.error} retry={failed.refetch} retrying={failed.isFetching} />
  if (!found && answers.every((a) => a.error))
    return (
      <EmptyState title="Nothing was drawn">
        <p>The query cannot be evaluated; the reason stands under it.</p>
      </EmptyState>
    )
  if (!found) return <Skeleton rows={10} saying="Evaluating" />
  const notes = [...new Set(answers.flatMap((a) => a.data?.notes ?? []))]
  return (
    <>
      {notes.length > 0 && (
        <div className="grid gap-1.5 p-2.5 pb-0">
          {notes.map((note) => (
            <Note key={note} tone="warn">
              {note}
            </Note>
          ))}
        </div>
      )}
      {found.length === 0 ? (
        <EmptyState title="No data">
          <p>
            No series of this range fits the query. That is not zero: nothing was stored under these labels. A longer range or fewer labels
            may find it.
          </p>
        </EmptyState>
      ) : (
        <div className={cx(answers.some((a) => a.isPlaceholderData) && 'grayscale')}>{body(found)}</div>
      )}
    </>
  )
}

/** Lines of all queries that were answered; null while none is. With several queries a line says whose it is. */
function foundOf(
  asked: readonly Asked[],
  answers: readonly ({ lines: readonly { labels: Record<string, string>; points: Found['points'] }[] } | undefined)[],
): Found[] | null {
  if (answers.every((a) => a === undefined)) return null
  return asked.flatMap((q, i) =>
    (answers[i]?.lines ?? []).map((l) => {
      const name = Object.keys(l.labels).length ? nameOf(l.labels) : q.name === 'Formula' ? 'formula' : q.expr
      return { ...l, query: q.name, name: asked.length > 1 ? `${q.name}: ${name}` : name }
    }),
  )
}

const isRefusal = (error: unknown) => error instanceof ApiError && error.code === 'invalid'

/** What the API found wrong with the query, while it still reads as it was asked. */
function refusedOf(error: unknown, unchanged: boolean): { message: string; at: number } | null {
  if (!unchanged || !(error instanceof ApiError) || error.code !== 'invalid') return null
  const found = error.errors.find((e) => e.path === 'query') as { message: string; at?: number } | undefined
  const message = (found?.message ?? error.message).replace(/^invalid parameter "query": (\d+:\d+: parse error: )?/, '')
  return { message, at: found?.at ?? 0 }
}

const NoMetrics = () => (
  <>
    <PageHeader title="Metrics" />
    <Panel label="No metrics">
      <EmptyState title="No metrics yet" waiting="Waiting for the first sample.">
        <p>Point Prometheus' remote write here, or any OpenTelemetry SDK, with a source's token.</p>
        <Command
          label="Part of prometheus.yml"
          text={`remote_write:\n  - url: ${location.origin}/api/v1/write\n    authorization:\n      credentials: $SOURCE_TOKEN`}
        />
        <Command
          label="Environment of an OpenTelemetry SDK"
          text={`OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin}\nOTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer $SOURCE_TOKEN"`}
        />
      </EmptyState>
    </Panel>
  </>
)
