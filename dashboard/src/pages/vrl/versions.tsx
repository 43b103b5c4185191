import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Signal, VersionBody } from '../../../../shared/logs/pipeline/schema.ts'
import { sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { When } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWrite } from '../../write.ts'
import { bringBack, versionsQuery } from './queries.ts'

/** Who changed the program when, and any of them back. */
export function Versions({ source, signal, writes, onClose }: { source: string; signal: Signal; writes: boolean; onClose: () => void }) {
  const query = useQuery(versionsQuery(source, signal))
  const back = useWrite({
    send: (version: number) => bringBack(source, signal, version),
    done: (_, version) => {
      toast(`Version ${version} runs again`)
      onClose()
    },
    refresh: [
      ['sources', 'vrl', source],
      ['sources', 'one', source],
    ],
  })
  return (
    <Sheet
      title="Versions"
      onClose={onClose}
      consequence={back.error ? <span role="alert">{sentence(back.error)}</span> : 'The last 200 are kept.'}
      buttons={<Button onClick={onClose}>Close</Button>}
    >
      <Load query={query} skeleton={<Skeleton rows={5} saying="Loading the versions" />}>
        {({ data }) =>
          data.length ? (
            <ol className="grid gap-3">
              {data.map((v, i) => (
                <One
                  key={v.id}
                  version={v}
                  now={i === 0}
                  busy={back.isPending}
                  onBack={writes && i > 0 ? () => back.mutate(v.version) : null}
                />
              ))}
            </ol>
          ) : (
            <p className="text-text-2">No program was saved yet.</p>
          )
        }
      </Load>
    </Sheet>
  )
}

function One({ version, now, busy, onBack }: { version: VersionBody; now: boolean; busy: boolean; onBack: (() => void) | null }) {
  const [open, setOpen] = useState(now)
  return (
    <li className="rounded-2 border border-line">
      <div className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-1 px-3 py-1.5">
        <h3 className="font-550">Version {version.version}</h3>
        <span className="text-12 text-text-2">
          {version.author.name || 'Somebody who left'}, <When at={version.created_at} />
          {version.restored_from && `, back from ${version.restored_from}`}
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          {now && <span className="text-12 text-text-3">runs now</span>}
          <Button kind="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </Button>
          {onBack && (
            <Button busy={busy} onClick={onBack} aria-label={`Bring version ${version.version} back`}>
              Bring back
            </Button>
          )}
        </span>
      </div>
      {open && (
        <pre className="overflow-x-auto border-t border-line-soft bg-sunken px-3 py-2.5 font-mono text-12 leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere]">
          {version.program || 'No program'}
        </pre>
      )}
    </li>
  )
}
