import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import type { SharedBoard } from '../../../../shared/metrics/boards/links/schema.ts'
import { ApiError } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { fromInstants, rangeOf } from '../../range.ts'
import { PageHeader } from '../../ui/panel.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/state.tsx'
import { list, type Search, text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { clock } from '../../words.ts'
import { Grid } from '../board/grid.tsx'
import { SharedContext, sharedBoardQuery } from '../board/shared.ts'
import { useAskAgain, useVarsOfAddress } from '../board/use-address.ts'
import { useVariables, Variables } from '../board/variables.tsx'
import { RangePicker } from '../logs/range-picker.tsx'

const shape = { from: text(), to: text(), fold: list() }

/** `/shared/:token`: one dashboard for who has its link; nothing else of the team is here. */
export function Page() {
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const query = useQuery(sharedBoardQuery(token))
  useEffect(() => {
    document.title = `${query.data?.name ?? 'Dashboard'} · Tocsin`
  }, [query.data?.name])
  const gone = query.error instanceof ApiError && query.error.status === 404
  return (
    <main id="main" className="mx-auto min-h-dvh max-w-400 bg-canvas px-6 py-4 phone:px-4">
      {query.data ? (
        <SharedContext value={token}>
          <Shown board={query.data} />
        </SharedContext>
      ) : gone ? (
        <EmptyState title="This link shows nothing">
          <p>It expired, was taken back, or is not complete. Ask whoever sent it for a new one.</p>
        </EmptyState>
      ) : query.error ? (
        <ErrorState error={query.error} retry={query.refetch} retrying={query.isFetching} />
      ) : (
        <Skeleton rows={12} saying="Loading the dashboard" />
      )}
    </main>
  )
}

const nothing = () => {}
const verbs = { edit: nothing, copy: nothing, remove: nothing, open: nothing, alert: nothing }

function Shown({ board }: { board: SharedBoard }) {
  const zone = useZone()
  const given = useSearch({ strict: false }) as Search
  const [view, setView] = useUrlState(shape)
  const [asOf, setAsOf] = useState(() => Date.now())
  const back = board.date_range_from.replace(/^(now)?-/, '')
  const range = useMemo(() => rangeOf(view.from, view.to, asOf, back), [view.from, view.to, asOf, back])
  const { vars, setVar } = useVarsOfAddress(given)
  const { chosen, offered } = useVariables(board.variables, vars)
  const refresh = board.refresh_interval
  useAskAgain(refresh && Math.max(10, refresh), range.live, setAsOf)
  return (
    <>
      <PageHeader
        title={<h1 className="min-w-0 truncate text-16 font-semibold tracking-[-0.01em]">{board.name}</h1>}
        lead={`As of ${clock(asOf, zone)}${board.description ? ` · ${board.description}` : ''}`}
        actions={
          <RangePicker
            range={range}
            zone={zone}
            now={asOf}
            onChange={(to) => {
              setAsOf(Date.now())
              setView(to)
            }}
          />
        }
      />
      <Variables variables={board.variables} chosen={chosen} offered={offered} onChange={setVar} />
      <Grid
        chosen={chosen}
        range={range}
        zone={zone}
        editing={false}
        canEdit={false}
        onRange={(from, to) => setView(fromInstants(from, to))}
        panels={board.panels}
        folded={new Set(view.fold)}
        onFold={(s) => setView({ fold: view.fold.includes(s) ? view.fold.filter((f) => f !== s) : [...view.fold, s] })}
        onChange={nothing}
        verbs={() => verbs}
      />
    </>
  )
}
