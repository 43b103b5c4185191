import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Load } from '../../ui/state.tsx'
import { When } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words.ts'
import { versionsQuery } from './queries.ts'
import type { Board } from './wire.ts'

/** Who saved it when; an earlier one saved again is a new version, so nothing is lost by it. */
export function Versions({ board, may, onClose }: { board: Board; may: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const query = useQuery(versionsQuery(board.id))
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
              <li key={v.version} className="flex min-h-11 items-center gap-2 border-b border-line-soft last:border-b-0">
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
                  may && <Button onClick={() => void restore(v.version)}>Restore</Button>
                )}
              </li>
            ))}
          </ol>
        )}
      </Load>
    </Sheet>
  )
}
