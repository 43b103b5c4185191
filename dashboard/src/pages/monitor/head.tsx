import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { Activity, Copy, CopyPlus, Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api, sentence } from '../../api.ts'
import { useMe } from '../../session.ts'
import { saw } from '../../try.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextLink, useGo } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { Shape, states, toneText } from '../../ui/status.tsx'
import { Since, When } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import type { Monitor, Seen } from '../../wire.ts'
import { and } from '../../words.ts'
import { usePausing } from '../monitors/bulk.tsx'
import { incidentsQuery } from './queries.ts'
import { saying } from './sentence.ts'

/** The sentence with state, age and cause, and what can be done about it. */
export function Head({ monitor: m, setOpen }: { monitor: Monitor; setOpen: (what: 'edit' | 'clone') => void }) {
  const { may } = useMe()
  const incident = useQuery(incidentsQuery(m.id)).data?.data.find((i) => i.id === m.incident_id)
  const { title, since, reason } = saying(m, incident)
  const tone = toneText[states[m.status].tone]
  const at = m.status === 'paused' ? (m.paused_at ?? m.status_since) : m.status_since
  return (
    <div className="flex items-start gap-4 pt-1 pb-3.5 phone:grid phone:grid-cols-[28px_minmax(0,1fr)]">
      <span className={cx('mt-px [--knock:var(--canvas)]', tone)}>
        <Shape state={m.status} size={28} />
      </span>
      <div className="min-w-0">
        <h1 className="text-20 font-semibold tracking-[-0.015em] text-balance [overflow-wrap:anywhere]">{title}</h1>
        <p className="flex flex-wrap gap-x-3.5 gap-y-1 text-12 leading-5 text-text-2">
          {since && at && (
            <span className={cx(m.status === 'down' && `font-550 ${tone}`)}>
              {since === 'for' ? (
                <>
                  for <Since at={at} />
                </>
              ) : (
                <>
                  since <When at={at} />
                </>
              )}
            </span>
          )}
          {incident && <TextLink href={`/incidents/${incident.id}`}>INC-{incident.team_number}</TextLink>}
          {reason && <span>{reason}</span>}
        </p>
      </div>
      {may('uptime:write') && <Actions monitor={m} setOpen={setOpen} />}
    </div>
  )
}

function Actions({ monitor: m, setOpen }: { monitor: Monitor; setOpen: (what: 'edit' | 'clone') => void }) {
  const client = useQueryClient()
  const pausing = usePausing()
  const [checking, setChecking] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const pause = () => void pausing([m.id], !m.paused, m.name)
  const check = async () => {
    if (checking) return
    setChecking(true)
    try {
      const { results } = await api.post<{ results: Seen[] }>(`/api/uptime/monitors/${m.id}/check-now`)
      toast(told(results))
      await client.invalidateQueries({ queryKey: ['monitor', m.id] })
    } catch (e) {
      toast(`Not checked: ${sentence(e)}`)
    } finally {
      setChecking(false)
    }
  }
  useKeys([
    { keys: 'n', label: 'Check now', group: 'Actions', run: () => void check() },
    { keys: 'p', label: m.paused ? 'Resume' : 'Pause', group: 'Actions', run: pause },
    { keys: 'e', label: 'Edit', group: 'Actions', run: () => setOpen('edit') },
  ])
  return (
    <div className="ml-auto flex gap-2 phone:col-span-2 phone:ml-0 phone:flex-wrap phone:[&>button]:flex-1">
      <Button icon={Activity} keys="n" busy={checking} onClick={check}>
        {checking ? 'Checking' : 'Check now'}
      </Button>
      <Button icon={m.paused ? Play : Pause} keys="p" onClick={pause}>
        {m.paused ? 'Resume' : 'Pause'}
      </Button>
      <Button keys="e" onClick={() => setOpen('edit')}>
        Edit
      </Button>
      <Menu
        items={[
          { label: 'Clone', icon: CopyPlus, run: () => setOpen('clone') },
          { label: 'Copy its id', icon: Copy, run: () => void navigator.clipboard.writeText(m.id).then(() => toast('Copied')) },
          { label: 'Delete', icon: Trash2, danger: true, run: () => setDeleting(true) },
        ]}
      />
      {deleting && <Delete monitor={m} onClose={() => setDeleting(false)} />}
    </div>
  )
}

/** "All 4 regions answer", "503 from eu and as; us and au answer". */
function told(results: readonly Seen[]): string {
  const failed = results.filter((r) => r.outcome === 'down')
  if (!failed.length) return `All ${results.length} regions answer`
  const by = Map.groupBy(failed, saw)
  const bad = [...by].map(([what, list]) => `${what} from ${and(list.map((r) => r.region))}`).join(', ')
  const well = results.filter((r) => r.outcome === 'up')
  return well.length ? `${bad}; ${and(well.map((r) => r.region))} ${well.length > 1 ? 'answer' : 'answers'}` : bad
}

/** Takes the deletion back; its checks begin at once. */
async function restore(client: QueryClient, m: Pick<Monitor, 'id' | 'name'>): Promise<void> {
  try {
    await api.post(`/api/uptime/monitors/${m.id}/restore`)
    toast(`${m.name} is watched again`, { view: `/monitors/${m.id}` })
  } catch (e) {
    toast(`Not restored: ${sentence(e)}`)
  }
  await client.invalidateQueries({ queryKey: ['monitors'] })
}

function Delete({ monitor: m, onClose }: { monitor: Monitor; onClose: () => void }) {
  const client = useQueryClient()
  const go = useGo()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const run = async () => {
    setBusy(true)
    try {
      await api.delete(`/api/uptime/monitors/${m.id}`)
      toast(`Deleted ${m.name}`, { undo: () => void restore(client, m) })
      go('/monitors')
      client.removeQueries({ queryKey: ['monitor', m.id] })
      await client.invalidateQueries({ queryKey: ['monitors'] })
    } catch (e) {
      setError(sentence(e))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Delete ${m.name}?`}
      onClose={onClose}
      consequence={
        error && (
          <span role="alert" className="text-down">
            {error}
          </span>
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={busy} onClick={run}>
            Delete monitor
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        Nobody checks it any more and nobody is paged for it. Its components leave the status pages, an open incident of it resolves. Its
        past incidents stay, and for 30 days it can be restored.
      </p>
    </Dialog>
  )
}
