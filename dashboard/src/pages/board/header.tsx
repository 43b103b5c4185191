import { History, Link2, Pencil, Plus, RotateCw, Share2 } from 'lucide-react'
import { useState } from 'react'
import type { Range } from '../../range.ts'
import { Button } from '../../ui/button.tsx'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { useGo } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { PageHeader } from '../../ui/panel.tsx'
import { clock, plural } from '../../words.ts'
import { RangePicker } from '../logs/range-picker.tsx'
import { exportBoard } from './export.ts'
import { Crumbs } from './page.tsx'
import type { Board } from './wire.ts'

const refreshes = [0, 10, 30, 60, 300]
const every = (s: number) => (s === 0 ? 'Off' : s < 60 ? `${s} s` : `${s / 60} m`)

type Looking = {
  board: Board
  zone: string
  asOf: number
  range: Range
  /** Seconds, 0: off. */
  refresh: number
  may: boolean
  onNow: () => void
  onRefresh: (seconds: string) => void
  onRange: (to: { from: string; to: string }) => void
  onEdit: () => void
  onVersions: () => void
  onCopyLink: () => void
  onLinks: () => void
}

/** Of a board that is looked at: as of when, how often, which time. */
export function Header({
  board,
  zone,
  asOf,
  range,
  refresh,
  may,
  onNow,
  onRefresh,
  onRange,
  onEdit,
  onVersions,
  onCopyLink,
  onLinks,
}: Looking) {
  const go = useGo()
  const [deleting, setDeleting] = useState(false)
  return (
    <PageHeader
      title={<Crumbs name={board.name} />}
      actions={
        <>
          {deleting && (
            <DeleteDialog
              what="dashboard"
              name={board.name}
              path={`/api/metrics/dashboards/${board.id}`}
              refresh={[['dashboards']]}
              onClose={() => setDeleting(false)}
              onDone={() => go('/dashboards')}
            >
              {`Its ${plural(board.panels.length, 'panel')} and the links it is shared by go with it. The metrics stay.`}
            </DeleteDialog>
          )}
          <Button kind="ghost" icon={RotateCw} keys="." onClick={onNow} aria-label={`As of ${clock(asOf, zone)}. Ask again, key .`}>
            <span className="phone:hidden">{clock(asOf, zone)}</span>
          </Button>
          <label className="flex items-center gap-1.5 text-12 text-text-3 phone:hidden">
            every
            <select
              aria-label="Refresh by itself"
              value={String(refresh)}
              onChange={(e) => onRefresh(e.target.value)}
              className="h-(--control) rounded-2 border border-line-strong bg-surface px-1.5 text-13 text-text"
            >
              {[...new Set([...refreshes, refresh])].map((s) => (
                <option key={s} value={s}>
                  {every(s)}
                </option>
              ))}
            </select>
          </label>
          <RangePicker range={range} zone={zone} now={asOf} onChange={onRange} />
          <Menu
            items={[
              ...(may ? [{ label: 'Edit', icon: Pencil, keys: 'e', run: onEdit }] : []),
              { label: 'Copy link', icon: Link2, run: onCopyLink },
              { label: 'Share by link', icon: Share2, run: onLinks },
              { label: 'Versions', icon: History, run: onVersions },
              { label: 'Export JSON', run: () => void exportBoard(board) },
              ...(may ? [{ label: 'Delete dashboard', danger: true, run: () => setDeleting(true) }] : []),
            ]}
          />
        </>
      }
    />
  )
}

type Editing = { board: Board; name: string; busy: boolean; onName: (name: string) => void; onVariables: () => void; onAdd: () => void; onCancel: () => void; onSave: () => void } // biome-ignore format: one shape

/** Of a board that is changed: its name, what can be added, save or not. */
export const EditHeader = ({ board, name, busy, onName, onVariables, onAdd, onCancel, onSave }: Editing) => (
  <PageHeader
    title={
      <>
        <h1 className="sr-only">Edit {board.name}</h1>
        <TextInput
          aria-label="Name of the dashboard"
          className="max-w-80 font-semibold"
          value={name}
          onChange={(e) => onName(e.target.value)}
        />
      </>
    }
    actions={
      <>
        <Button onClick={onVariables} className="phone:hidden">
          Variables
        </Button>
        <Button icon={Plus} onClick={onAdd}>
          Panel
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
        <Button kind="primary" keys="mod+s" busy={busy} onClick={onSave}>
          Save
        </Button>
      </>
    }
  />
)
