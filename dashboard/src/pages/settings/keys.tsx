import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { ApiKey } from '../../../../shared/auth/schema.ts'
import { api, sentence } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { useMe } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Panel, Stack } from '../../ui/panel.tsx'
import { Dialog } from '../../ui/sheet.tsx'
import { Command, EmptyState, Load } from '../../ui/state.tsx'
import { type Column, rowsOf, Table } from '../../ui/table.tsx'
import { Ago, useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { ago, day } from '../../words.ts'
import { useWrite } from '../../write.ts'
import { NewKey } from './new-key.tsx'
import { useApiKeys } from './queries.ts'

const shape = { open: text() }

/** API keys of the team: made, seen by their ends, revoked. `?open=new` makes one. */
export function Keys() {
  const keys = useApiKeys()
  const { team, may } = useMe()
  const zone = useZone()
  const now = useNow(60_000)
  const [view, setView] = useUrlState(shape)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const mayWrite = may('auth:write')
  const make = () => mayWrite && setView({ open: 'new' })
  useKeys([{ keys: 'c', label: 'New API key', group: 'This page', run: make }])

  const columns: Column<ApiKey>[] = [
    {
      id: 'name',
      head: 'Name',
      className: 'phone:w-full phone:max-w-0',
      cell: (k) => (
        <>
          <span className="block truncate font-550">{k.name}</span>
          <span className="block truncate font-mono text-12 leading-4 text-text-3">{k.masked}</span>
        </>
      ),
    },
    {
      id: 'may',
      head: 'May',
      className: 'phone:hidden',
      cell: (k) => (
        <span className="flex flex-wrap gap-1">
          {k.scopes.map((s) => (
            <ScopeChip key={s} scope={s} />
          ))}
        </span>
      ),
    },
    {
      id: 'by',
      head: 'Made by',
      className: 'below-900:hidden text-text-2 whitespace-nowrap',
      cell: (k) => `${k.made_by.name ?? 'somebody who left'}, ${day(Date.parse(k.created_at), zone, now)}`,
    },
    {
      id: 'used',
      head: 'Last used',
      className: 'phone:hidden text-text-2 whitespace-nowrap',
      cell: (k) => (k.last_used_at ? <Ago at={k.last_used_at} /> : 'never'),
    },
    { id: 'expires', head: 'Expires', className: 'below-900:hidden text-text-2 whitespace-nowrap', cell: (k) => expires(k, now, zone) },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      numeric: true,
      cell: (k) =>
        mayWrite && (
          <Button kind="danger" onClick={() => setRevoking(k)}>
            Revoke<span className="sr-only"> {k.name}</span>
          </Button>
        ),
    },
  ]

  return (
    <Stack>
      <Panel
        title="API keys"
        sub={<span className="phone:hidden">of {team.name}, kept as a hash, shown once</span>}
        actions={
          mayWrite && (
            <Button kind="primary" icon={Plus} keys="c" onClick={make}>
              New key
            </Button>
          )
        }
      >
        <Load query={keys}>
          {(list) =>
            list.length ? (
              <Table label="API keys table" columns={columns} rows={rowsOf(list, (k) => k.id)} rowClass="[&>td]:h-11" />
            ) : (
              <EmptyState title="No API key yet">
                <p>
                  Scripts, Terraform and the command line ask with a key. It may do what its scopes say, and never more than who made it.
                </p>
              </EmptyState>
            )
          }
        </Load>
      </Panel>
      <Panel title="Try it">
        <div className="px-3.5 pt-1.5 pb-3">
          <Command label="List monitors with curl" text={`curl ${location.origin}/api/uptime/monitors -H "Authorization: Bearer $KEY"`} />
        </div>
      </Panel>
      {view.open === 'new' && mayWrite && <NewKey onClose={() => setView({ open: '' }, { replace: true })} />}
      {revoking && <Revoke apiKey={revoking} now={now} onClose={() => setRevoking(null)} />}
    </Stack>
  )
}

export const ScopeChip = ({ scope }: { scope: string }) => (
  <span className="inline-flex h-[22px] items-center rounded-1 border border-line bg-surface px-[7px] font-mono text-12 whitespace-nowrap text-text-2">
    {scope}
  </span>
)

const SOON_MS = 14 * 86_400_000
const expires = (k: ApiKey, now: number, zone: string): string => {
  if (!k.expires_at) return 'never'
  const at = Date.parse(k.expires_at)
  if (at <= now) return 'expired'
  return at - now < SOON_MS ? ago(at, now) : day(at, zone, now)
}

function Revoke({ apiKey, now, onClose }: { apiKey: ApiKey; now: number; onClose: () => void }) {
  const revoke = useWrite({
    send: () => api.delete(`/api/auth/api-keys/${apiKey.id}`),
    done: () => {
      toast(`${apiKey.name} is revoked`)
      onClose()
    },
    refresh: [['api-keys']],
  })
  return (
    <Dialog
      title={`Revoke ${apiKey.name}?`}
      onClose={onClose}
      consequence={revoke.error != null && <span role="alert">{sentence(revoke.error)}</span>}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={revoke.isPending} onClick={() => revoke.mutate(undefined)}>
            Revoke key
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        Whatever asks with it is refused within 10 s, for good.{' '}
        {apiKey.last_used_at ? `It was last used ${ago(Date.parse(apiKey.last_used_at), now)}.` : 'It was never used.'}
      </p>
    </Dialog>
  )
}
