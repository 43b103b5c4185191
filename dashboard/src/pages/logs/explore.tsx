import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { Source } from '../../../../shared/logs/schema.ts'
import { parseSearch } from '../../../../shared/logs/search/parse.ts'
import { sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { fromInstants } from '../../range.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState, Skeleton } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { Bar } from './bar.tsx'
import type { Span } from './brush.ts'
import { NothingFound } from './empty.tsx'
import { Facets } from './facets.tsx'
import { Histogram } from './histogram.tsx'
import { idOf } from './lines.ts'
import { Opened } from './opened.tsx'
import { patternsOf } from './patterns.ts'
import { type Asked, histogramQuery, linesQuery } from './queries.ts'
import { labelOf, Rows } from './rows.tsx'
import { joined } from './tail.ts'
import { also, onlyThis, searchedTexts, withoutThis } from './terms.ts'
import { refusedAt } from './use-question.ts'
import { useTail } from './use-tail.ts'
import { around, type View, withinOf } from './view.ts'
import type { Fields, LogRow } from './wire.ts'

const BUCKETS = 100
const SEEK_PAGES = 10
const none: never[] = []

type Props = {
  view: View
  setView: (patch: Partial<View>, options?: { replace?: boolean }) => void
  range: Span
  window: Span | null
  /** What the list asks. */
  asked: Asked
  /** What the histogram asks: the range without the window. */
  whole: Asked
  fields: UseQueryResult<Fields>
  sources: readonly Source[]
  readable: boolean
  asOf: number
  onRefresh: (() => void) | null
}

/** Histogram, fields and lines of one question; while live, the lines that come in under them. */
export function Explore({ view, setView, range, window, asked, whole, fields, sources, readable, asOf, onRefresh }: Props) {
  const zone = useZone()
  const live = view.mode === 'live'
  const histogram = useQuery({ ...histogramQuery(whole, BUCKETS), enabled: readable })
  const lines = useInfiniteQuery({ ...linesQuery(asked), placeholderData: live ? undefined : keepPreviousData })
  const tail = useTail(live && readable, view.q, view.src)
  const pages = lines.data?.pages
  const found = useMemo(() => (pages ? pages.flatMap((p) => p.data).reverse() : none), [pages])
  const rows = useMemo<readonly LogRow[]>(() => (live ? joined(found, tail?.rows ?? none) : found), [live, found, tail?.rows])
  // of what was found, not of what comes in while live: patterns that jump under the hand help nobody
  const patterns = useMemo(() => patternsOf(found), [found])
  const words = useMemo(() => {
    const read = parseSearch(view.q)
    return 'search' in read ? searchedTexts(read.search) : none
  }, [view.q])
  const open = useMemo(() => {
    const timestamp = view.open.split('~')[0]
    return view.open ? rows.findIndex((r) => r.timestamp === timestamp && idOf(r) === view.open) : -1
  }, [rows, view.open])

  const more = lines.hasNextPage && !lines.isPlaceholderData
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = lines
  const onMore = useCallback(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage({ cancelRefetch: false })
  }, [fetchNextPage, isFetchingNextPage, isFetchNextPageError])
  // a link to a line that is older than what is loaded: read on until it is there
  const sought = view.open !== '' && open < 0 && more && (pages?.length ?? 0) < SEEK_PAGES
  useEffect(() => {
    if (sought) onMore()
  }, [sought, onMore])

  const onOpen = useCallback(
    (index: number) => {
      tail?.pause()
      setView({ open: index < 0 ? '' : idOf(rows[index]!) }, { replace: index >= 0 && open >= 0 })
    },
    [rows, open, setView, tail],
  )
  const search = (q: string) => setView({ q, open: '' })
  const onOnly = (field: string, value: string) => search(onlyThis(view.q, field, value))
  const onWithout = (field: string, value: string) => search(withoutThis(view.q, field, value))
  const choose = (to: Span | null, settled = true) => setView({ within: withinOf(to), open: '' }, { replace: !settled })
  useKeys([
    ...(tail
      ? [{ keys: 'space', label: tail.paused ? 'Go on' : 'Pause', group: 'Actions', run: tail.paused ? tail.resume : tail.pause }]
      : []),
    {
      keys: 'escape',
      label: 'Close the line, then clear the window',
      group: 'Lines',
      run: () => (view.open ? onOpen(-1) : window && choose(null)),
    },
  ])
  const chosen = window && histogram.data ? inside(histogram.data.buckets, window) : null
  return (
    <>
      {histogram.data ? (
        <Histogram
          answer={histogram.data}
          range={range}
          chosen={window}
          zone={zone}
          stale={histogram.isRefetchError}
          onChoose={live ? (to) => to && setView({ mode: 'filter', ...fromInstants(to.from, to.to), within: [] }) : choose}
          onZoom={(to) => setView({ ...fromInstants(to.from, to.to), within: [], mode: 'filter' })}
        />
      ) : (
        <div className="h-21 px-4 text-12 text-text-2">
          {histogram.error && !refusedAt(histogram.error) && (
            <span className="flex items-center gap-3">
              {sentence(histogram.error)}
              <Button onClick={() => histogram.refetch()} busy={histogram.isFetching}>
                Try again
              </Button>
            </span>
          )}
        </div>
      )}
      <Bar
        answer={histogram.data}
        loaded={pages ? { lines: rows.length, more, busy: lines.isFetching } : null}
        chosen={chosen}
        tail={tail}
        asOf={asOf}
        zone={zone}
        onClear={() => choose(null)}
        onRefresh={onRefresh}
        onPause={() => tail?.pause()}
        onResume={() => tail?.resume()}
      />
      <div className="grid min-h-0 flex-1 grid-cols-[232px_minmax(0,1fr)] phone:grid-cols-[minmax(0,1fr)]">
        <Facets
          className="phone:hidden"
          query={fields}
          patterns={patterns}
          sources={sources}
          chosen={view.src}
          onSources={(src) => setView({ src, open: '' })}
          onOnly={onOnly}
          onWithout={onWithout}
          onPattern={(term) => search(also(view.q, term))}
        />
        <div className={`flex min-h-0 min-w-0 flex-col bg-surface ${lines.isPlaceholderData ? 'grayscale' : ''}`}>
          {isFetchNextPageError && (
            <p role="alert" className="flex items-center gap-3 border-b border-line-soft bg-idle-soft px-4 py-1.5 text-12 text-text-2">
              <span className="flex-1">Older lines did not load. {sentence(lines.error)}</span>
              <Button kind="ghost" onClick={() => fetchNextPage()}>
                Try again
              </Button>
            </p>
          )}
          {!pages && lines.error && !refusedAt(lines.error) ? (
            <ErrorState error={lines.error} retry={lines.refetch} retrying={lines.isFetching} />
          ) : !pages && !(tail && rows.length) ? (
            <Skeleton rows={14} saying="Searching the logs" />
          ) : rows.length === 0 ? (
            <NothingFound
              query={view.q}
              narrowed={view.src.length > 0 || window !== null}
              live={live}
              onClear={() => setView({ q: '', src: [], within: [] })}
              onWiden={range.to - range.from < 86_400_000 ? () => setView({ from: '-24h', to: '', within: [] }) : null}
            />
          ) : (
            <Rows
              label={labelOf(rows.length)}
              rows={rows}
              zone={zone}
              words={words}
              open={open}
              onOpen={onOpen}
              follow={tail !== null && !tail.paused}
              onEnd={(atEnd) => tail && !atEnd && tail.pause()}
              more={more}
              onMore={onMore}
              opened={(row) => (
                <Opened
                  key={view.open}
                  row={row}
                  zone={zone}
                  sourceName={sources.find((s) => s.id === row.source_id)?.name ?? row.source_id}
                  onOnly={onOnly}
                  onWithout={onWithout}
                  onAround={() => setView(around(row.timestamp, row.source_id, idOf(row)))}
                />
              )}
            />
          )}
        </div>
      </div>
    </>
  )
}

const inside = (buckets: readonly { at: string; error: number; warn: number; rest: number }[], window: Span): number =>
  buckets.filter((b) => Date.parse(b.at) >= window.from && Date.parse(b.at) < window.to).reduce((n, b) => n + b.error + b.warn + b.rest, 0)
