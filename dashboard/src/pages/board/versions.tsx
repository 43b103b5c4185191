import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Load } from '../../ui/state.tsx'
import { When } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words.ts'
import { changesBetween } from './difference.ts'
import { versionQuery, versionsQuery } from './queries.ts'
import type { Board } from './wire.ts'

/** Who saved it when; an earlier one saved again is a new version, so nothing is lost by it. */
export function Versions({ board, may, onClose }: { board: Board; may: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const query = useQuery(versionsQuery(board.id))
  const [compared, setCompared] = useState<number | null>(null)
  const restore = async (version: number) => {
    try {
      const saved = await api.post<Board>(`/api/metrics/dashboards/${board.id}/versions/${version}/restore`)
      client.setQueryData(['dashboard', board.id], saved)
      void client.invalidateQueries({ queryKey: ['dashboard', board.id] })
      toast(`Version ${version} is back, as version ${saved.version}`)
      onClose()
    } catch (e) {
      toast(sentence(e))
    }
  }
  return (
    <Sheet title="Versions" onClose={onClose} consequence="The newest 50 are kept" buttons={<Button onClick={onClose}>Close</Button>}>
      <Load query={query}>
        {({ data }) => (
          <ol className="grid pb-3">
            {data.map((v) => (
              <li key={v.version} className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line-soft last:border-b-0">
                <span className="min-w-0 flex-1">
                  <b className="font-550">Version {v.version}</b>{' '}
                  <span className="text-text-2">
                    {v.name}, {plural(v.panels_count, 'panel')}
                  </span>
                  <span className="block text-12 text-text-3">
                    {v.by.name}, <When at={v.at} />
                  </span>
                </span>
                {v.version === board.version ? (
                  <span className="text-12 text-text-3">now</span>
                ) : (
                  <>
                    <Button
                      kind="ghost"
                      aria-expanded={compared === v.version}
                      aria-label={`What differs between version ${v.version} and now`}
                      onClick={() => setCompared(compared === v.version ? null : v.version)}
                    >
                      Compare
                    </Button>
                    {may && <Button onClick={() => void restore(v.version)}>Restore</Button>}
                  </>
                )}
                {compared === v.version && <Difference board={board} version={v.version} />}
              </li>
            ))}
          </ol>
        )}
      </Load>
    </Sheet>
  )
}

/** What changed since that version, line by line. */
function Difference({ board, version }: { board: Board; version: number }) {
  const query = useQuery(versionQuery(board.id, version))
  return (
    <div className="w-full pb-3">
      <Load query={query}>
        {(before) => {
          const changes = changesBetween(before, board)
          if (!changes.length) return <p className="text-12 text-text-3">Nothing differs from now.</p>
          return (
            <dl className="grid gap-2">
              {changes.map((c) => (
                <div key={c.what}>
                  <dt className="text-12 text-text-3">{c.what}</dt>
                  <dd className="m-0 grid gap-px font-mono text-12 [overflow-wrap:anywhere]">
                    <del className="rounded-1 bg-down-soft px-1.5 py-0.5 no-underline">
                      <span aria-hidden="true">− </span>
                      {c.was}
                    </del>
                    <ins className="rounded-1 bg-up-soft px-1.5 py-0.5 no-underline">
                      <span aria-hidden="true">+ </span>
                      {c.is}
                    </ins>
                  </dd>
                </div>
              ))}
            </dl>
          )
        }}
      </Load>
    </div>
  )
}
