import { GripVertical, Plus } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { useSortable } from '../../ui/sortable.ts'
import { StatusGlyph } from '../../ui/status.tsx'
import { plural } from '../../words.ts'
import type { Component, Draft } from './draft.ts'
import { MonitorName } from './monitor-name.tsx'
import { type Group, LOOSE } from './order.ts'
import { stateOf, stateWord } from './queries.ts'

type Sort = ReturnType<typeof useSortable<Draft>>
const grip =
  'grid size-7 flex-none cursor-grab touch-none place-items-center rounded-2 text-text-3 hover:bg-hover hover:text-text pointer-coarse:size-11'

const Grip = ({ id, sort }: { id: string; sort: Sort }) => (
  <button type="button" className={grip} {...sort.handle(id)}>
    <GripVertical size={14} aria-hidden="true" />
  </button>
)
const lift =
  'relative z-2 rounded-2 bg-raised before:absolute before:inset-x-2 before:-top-[3px] before:h-0.5 before:rounded-[1px] before:bg-accent-solid shadow-[var(--shadow-pop),inset_2px_0_0_var(--accent-solid)] [--surface:var(--raised)]'
const Moves = () => (
  <span className="flex items-center gap-1 text-12 text-text-3 phone:hidden">
    <Kbd keys="up" /> <Kbd keys="down" /> move <Kbd keys="space" /> drop
  </span>
)

type HeadProps = { section: Group<Component>; sort: Sort; mayWrite: boolean; onAdd: () => void; onRename: () => void; onRemove: () => void }
/** A section's handle, name and verbs. The components without one stand under a head that cannot be moved. */
export function SectionHead({ section, sort, mayWrite, onAdd, onRename, onRemove }: HeadProps) {
  const loose = section.id === LOOSE
  const lifted = sort.lifted === section.id && !loose
  return (
    <div {...sort.row(section.id)} className={cx('flex min-h-[38px] items-center gap-2 bg-sunken pr-2 pl-1.5', lifted && lift)}>
      {mayWrite && !loose ? <Grip id={section.id} sort={sort} /> : <span className="w-1.5" />}
      <b className="truncate font-550">{loose ? 'Without a section' : section.name}</b>
      <span className="text-12 whitespace-nowrap text-text-3">
        {lifted ? `lifted, now ${sort.where(section.id)}` : plural(section.items.length, 'component')}
      </span>
      <span className="flex-1" />
      {lifted && sort.byKeys && <Moves />}
      {mayWrite && !lifted && (
        <Button kind="ghost" icon={Plus} className="h-[26px]! pointer-coarse:h-11!" onClick={onAdd}>
          <span className="phone:sr-only">Component</span>
          <span className="sr-only"> in {loose ? 'no section' : section.name}</span>
        </Button>
      )}
      {mayWrite && !loose && !lifted && (
        <Menu
          quiet
          label={`Actions for ${section.name}`}
          items={[
            { label: 'Rename', run: onRename },
            { label: 'Remove section', danger: true, run: onRemove },
          ]}
        />
      )}
    </div>
  )
}

type RowProps = {
  component: Component
  sort: Sort
  said: string | null
  mayWrite: boolean
  onEdit: () => void
  onRemove: () => void
}
/** A component: its handle, what measures it, what is measured. A new one is not published yet. */
export function Row({ component, sort, said, mayWrite, onEdit, onRemove }: RowProps) {
  const lifted = sort.lifted === component.id
  const { saved } = component
  return (
    <li
      {...sort.row(component.id)}
      className={cx(
        'grid min-h-11 grid-cols-[28px_minmax(0,1fr)_auto_auto] items-center gap-x-2 border-t border-line-soft bg-surface pr-2 pl-[18px] pointer-coarse:grid-cols-[44px_minmax(0,1fr)_auto_auto] phone:pl-2',
        lifted && `${lift} border-t-transparent`,
      )}
    >
      {mayWrite ? <Grip id={component.id} sort={sort} /> : <span />}
      <span className="min-w-0 py-1">
        <span className="block truncate font-550">{component.name}</span>
        <small className="block truncate text-12 leading-4 text-text-3">
          {lifted ? `lifted, now ${sort.where(component.id)}` : <Bound component={component} said={said} />}
        </small>
      </span>
      {lifted && sort.byKeys ? (
        <Moves />
      ) : saved ? (
        <StatusGlyph state={stateOf[saved.measured_status]} word={stateWord[saved.measured_status]} />
      ) : (
        <span className="text-12 text-text-3">not published</span>
      )}
      {mayWrite && !lifted ? (
        <Menu
          quiet
          label={`Actions for ${component.name}`}
          items={[
            { label: 'Edit', run: onEdit },
            { label: 'Take off the page', danger: true, run: onRemove },
          ]}
        />
      ) : (
        <span />
      )}
    </li>
  )
}

const Bound = ({ component, said }: { component: Component; said: string | null }) => (
  <>
    <MonitorName id={component.monitor} />
    {said && ` · the open report says ${said}`}
    {component.saved?.overridden && ', overridden'}
  </>
)
