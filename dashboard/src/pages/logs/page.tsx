import { useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useZone } from '../../prefs.ts'
import { shifted } from '../../range.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button, Segmented } from '../../ui/button.tsx'
import { ErrorState, Skeleton } from '../../ui/state.tsx'
import { LiveDot } from '../../ui/status.tsx'
import { useNow } from '../../ui/time.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useUrlState } from '../../use-url-state.ts'
import { NoSources } from './empty.tsx'
import { Explore } from './explore.tsx'
import { fieldsQuery, sourcesQuery } from './queries.ts'
import { RangePicker } from './range-picker.tsx'
import { Saved } from './save.tsx'
import { SearchField } from './search-field.tsx'
import { FIRST_SQL } from './sql-text.ts'
import { refusedAt, useQuestion } from './use-question.ts'
import { rangeIn, shape, windowOf } from './view.ts'

const Sql = lazy(() => import('./sql.tsx').then((m) => ({ default: m.Sql })))
const LIVE_STEP_MS = 15_000
const none: never[] = []

/** `/logs`: what did it say, when did it start, what is different now? */
export function Page() {
  useTitle('Logs')
  const zone = useZone()
  const { may } = useMe()
  const [view, setView] = useUrlState(shape)
  // a range that ends now stands still until it is asked for anew, so that lines do not move under the reader
  const [asOf, setAsOf] = useState(() => Date.now())
  const tick = useNow(LIVE_STEP_MS)
  const live = view.mode === 'live'
  const range = useMemo(() => rangeIn(view, asOf), [view.from, view.to, asOf])
  const shownRange = useMemo(() => (live && range.live ? rangeIn(view, Math.max(tick, asOf)) : range), [live, range, tick, asOf, view.from])
  const window = live ? null : windowOf(view.within, range)
  const sources = useQuery({ ...sourcesQuery, refetchInterval: (q) => (q.state.data?.length === 0 ? 5_000 : false) })
  const question = useQuestion(view.q, (q, typing) => {
    if (!typing) setAsOf(Date.now())
    setView({ q, open: '' }, { replace: typing })
  })
  const asked = useMemo(
    () => ({ query: view.q, span: window ?? range, sources: view.src }),
    [view.q, view.src, range, window?.from, window?.to],
  )
  const wholeRange = useMemo(
    () => ({ query: view.q, span: { from: shownRange.from, to: shownRange.to }, sources: view.src }),
    [view.q, view.src, shownRange],
  )
  const fields = useQuery({ ...fieldsQuery(asked), enabled: view.mode !== 'sql' && !question.wrong })

  const refresh = useCallback(() => setAsOf(Date.now()), [])
  const toggleLive = () => {
    setAsOf(Date.now())
    if (live) setView({ mode: 'filter' })
    else setView({ mode: 'live', within: [], open: '', ...(range.live ? {} : { from: '', to: '' }) })
  }
  const move = (by: -1 | 1) => {
    const now = Date.now()
    setAsOf(now)
    const to = shifted(range, by, now)
    setView({ ...(to.from || to.to ? to : { from: `-${range.live ?? '6h'}`, to: '' }), within: [], mode: live ? 'filter' : view.mode })
  }
  useKeys([
    { keys: 'l', label: live ? 'Stop the live tail' : 'Go live', group: 'Actions', run: toggleLive },
    { keys: '[', label: 'Earlier', group: 'Range', run: () => move(-1) },
    { keys: ']', label: 'Later', group: 'Range', run: () => move(1) },
    { keys: '.', label: 'Now', group: 'Range', run: refresh },
  ])

  const [sql, setSql] = useState(view.sql || FIRST_SQL)
  const [nth, setNth] = useState(0)
  useEffect(() => {
    if (view.sql) setSql(view.sql)
  }, [view.sql])
  const run = useMemo(() => (view.sql ? { sql: view.sql, span: { from: range.from, to: range.to }, nth } : null), [view.sql, range, nth])
  const runSql = (text = sql) => {
    if (!text.trim()) return
    setAsOf(Date.now())
    setNth((n) => n + 1)
    setView({ mode: 'sql', sql: text })
  }
  useKeys(view.mode === 'sql' ? [{ keys: 'mod+enter', label: 'Run the query', group: 'This page', run: () => runSql() }] : [])

  if (sources.data?.length === 0)
    return (
      <Frame>
        <NoSources writes={may('logs:write')} />
      </Frame>
    )
  if (sources.error && !sources.data)
    return (
      <Frame>
        <ErrorState error={sources.error} retry={sources.refetch} retrying={sources.isFetching} />
      </Frame>
    )
  return (
    <Frame>
      <div className="flex items-start gap-2 px-4 py-2.5 phone:flex-wrap">
        <Segmented
          label="Language"
          className="[&>button]:h-8 pointer-coarse:[&>button]:h-[42px]"
          value={view.mode === 'sql' ? 'sql' : 'filter'}
          options={[
            ['filter', 'Filter'],
            ['sql', 'SQL'],
          ]}
          onChange={(mode) => setView({ mode })}
        />
        {view.mode === 'sql' ? (
          <span className="flex-1" />
        ) : (
          <SearchField
            value={question.typed}
            wrong={question.wrong ?? refusedAt(fields.error)}
            fields={fields.data?.data ?? none}
            onChange={question.type}
            onRun={question.run}
          />
        )}
        <RangePicker
          range={range}
          zone={zone}
          now={asOf}
          onChange={(to) => {
            setAsOf(Date.now())
            setView({ ...to, within: [], ...(live && to.to ? { mode: 'filter' } : {}) })
          }}
        />
        {view.mode === 'sql' ? (
          <>
            <Saved text={sql} onOpen={(text) => runSql(text)} />
            <Button kind="primary" icon={Play} keys="mod+enter" onClick={() => runSql()} className="h-[34px] pointer-coarse:h-11">
              Run
            </Button>
          </>
        ) : (
          <LiveButton live={live} onToggle={toggleLive} />
        )}
      </div>
      {view.mode === 'sql' ? (
        <Suspense fallback={<Skeleton rows={8} />}>
          <Sql text={sql} run={run} onText={setSql} onRun={() => runSql()} />
        </Suspense>
      ) : (
        <Explore
          view={view}
          setView={setView}
          range={shownRange}
          window={window}
          asked={asked}
          whole={wholeRange}
          fields={fields}
          sources={sources.data ?? none}
          readable={!question.wrong}
          asOf={asOf}
          onRefresh={live ? null : refresh}
        />
      )}
    </Frame>
  )
}

const Frame = ({ children }: { children: React.ReactNode }) => (
  <div className="-mx-6 -mb-8 flex h-[calc(100dvh-40px)] min-h-[480px] flex-col phone:-mx-4 phone:-mb-24 phone:h-[calc(100dvh-44px-55px)]">
    <h1 className="sr-only">Logs</h1>
    {children}
  </div>
)

const LiveButton = ({ live, onToggle }: { live: boolean; onToggle: () => void }) =>
  live ? (
    <button
      type="button"
      aria-pressed="true"
      onClick={onToggle}
      className="inline-flex h-[34px] flex-none items-center gap-2 rounded-2 border border-accent-solid bg-accent-soft px-2.5 leading-none font-medium text-accent pointer-coarse:h-11"
    >
      <LiveDot />
      Live
      <span aria-hidden="true" className="text-11 phone:hidden pointer-coarse:hidden">
        L
      </span>
    </button>
  ) : (
    <Button icon={Play} keys="l" onClick={onToggle} aria-pressed={false} className="h-[34px] pointer-coarse:h-11">
      Go live
    </Button>
  )
