import { CalendarClock, GitFork, GripVertical, Webhook as Hook, Plus, SlidersHorizontal, Users, X } from 'lucide-react'
import { useState } from 'react'
import type { Target } from '../../../../shared/oncall/schema.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { FieldError, TextInput } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import type { useSortable } from '../../ui/sortable.ts'
import { Avatar } from '../../ui/timeline.tsx'
import { useSchedules, useUrgencies } from './contact-queries.ts'
import { changeRung, hasTarget, type Ladder, type Rung as RungDraft } from './ladder.ts'
import { useMembers, useWebhooks } from './queries.ts'
import { RungMore } from './rung-more.tsx'
import { unusual } from './rung-words.ts'
import { useTargetName } from './target-name.ts'

type Props = {
  rung: RungDraft
  index: number
  ladder: Ladder
  onChange: (ladder: Ladder) => void
  onRemove: () => void
  errors: { wait?: string | undefined; targets?: string | undefined; every?: string | undefined; when?: string | undefined }
  sort: ReturnType<typeof useSortable<Ladder>>
  mayWrite: boolean
}

/** One rung: when, whom, its handle. */
export function Rung({ rung, index, ladder, onChange, onRemove, errors, sort, mayWrite }: Props) {
  const n = index + 1
  const lifted = sort.lifted === rung.key
  const [more, setMore] = useState(false)
  const urgencies = useUrgencies()
  const said = unusual(rung, (id) => urgencies.data?.find((u) => u.id === id)?.name ?? id.toUpperCase())
  const set = (change: Partial<RungDraft>) => onChange(changeRung(ladder, rung.key, change))
  const remove = (target: Target) => set({ targets: rung.targets.filter((t) => t !== target) })
  return (
    <li
      {...sort.row(rung.key)}
      className={cx(
        'relative grid grid-cols-[24px_minmax(0,1fr)_auto] gap-x-3 pb-3.5 phone:grid-cols-[24px_minmax(0,1fr)]',
        'before:absolute before:top-6.5 before:bottom-0.5 before:left-[11.5px] before:border-l before:border-dashed before:border-line-strong last:before:hidden',
        lifted && 'z-2 rounded-2 bg-raised shadow-[var(--shadow-pop),inset_2px_0_0_var(--accent-solid)]',
      )}
    >
      <span className="relative grid size-6 place-items-center rounded-full border border-line-strong bg-surface text-12 font-semibold">
        {rung.when ? <Icon of={GitFork} size={12} /> : n}
        {rung.when && <span className="sr-only">step {n}, only sometimes</span>}
      </span>
      <div className="min-w-0">
        <Wait rung={rung} index={index} mayWrite={mayWrite} onChange={(wait) => set({ wait })} error={errors.wait} />
        <div className="flex flex-wrap items-center gap-1.5">
          {rung.targets.map((t) => (
            <Chip key={`${t.type} ${t.id}`} target={t} onRemove={mayWrite ? () => remove(t) : undefined} />
          ))}
          {mayWrite && <AddTarget rung={rung} onAdd={(t) => set({ targets: [...rung.targets, t] })} />}
        </div>
        {(errors.targets ?? errors.every ?? errors.when) && (
          <div className="mt-1.5">
            <FieldError>{errors.targets ?? errors.every ?? errors.when}</FieldError>
          </div>
        )}
        {said && !more && <p className="mt-1.5 text-12 text-text-3">{said}</p>}
      </div>
      {mayWrite && (
        <span className="flex items-center gap-0.5 phone:col-start-2">
          {lifted && sort.byKeys && <span className="text-12 text-text-3 phone:hidden">↑ ↓ move, Space drops</span>}
          <Button
            kind="ghost"
            icon={SlidersHorizontal}
            aria-label={`More about step ${n}`}
            aria-expanded={more}
            onClick={() => setMore(!more)}
          />
          <Button kind="ghost" icon={GripVertical} className="cursor-grab touch-none" {...sort.handle(rung.key)} />
          <Button kind="ghost" icon={X} aria-label={`Remove step ${n}`} disabled={ladder.rungs.length < 2} onClick={onRemove} />
        </span>
      )}
      {more && (
        <div className="col-span-2 col-start-2 phone:col-start-1">
          <RungMore rung={rung} n={n} zone={ladder.zone} onChange={set} errors={errors} />
        </div>
      )}
    </li>
  )
}

/** The first rung is "at once" until somebody gives it a wait. */
function Wait({
  rung,
  index,
  mayWrite,
  onChange,
  error,
}: {
  rung: RungDraft
  index: number
  mayWrite: boolean
  onChange: (wait: string) => void
  error: string | undefined
}) {
  if (index === 0 && rung.wait === '0')
    return (
      <div className="flex h-(--control) items-center pb-1.5 text-12 text-text-2">
        At once
        {mayWrite && (
          <Button kind="ghost" className="ml-1 h-6! px-1.5! text-12! font-normal! text-text-3!" onClick={() => onChange('60')}>
            wait first
          </Button>
        )}
      </div>
    )
  const id = `wait-${rung.key}`
  return (
    <div className="pb-1.5 text-12 text-text-2">
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id}>{index === 0 ? 'When it opened, after' : 'Nobody acknowledged, after'}</label>
        <TextInput
          id={id}
          inputMode="numeric"
          className="w-18! text-right"
          value={rung.wait}
          onChange={(e) => onChange(e.target.value)}
          {...(error ? { 'aria-invalid': true, 'aria-describedby': `${id}-b` } : {})}
        />
        <span aria-hidden="true">s</span>
      </div>
      {error && (
        <div className="mt-1">
          <FieldError id={`${id}-b`}>{error}</FieldError>
        </div>
      )}
    </div>
  )
}

const icons = { user: Users, team: Users, webhook: Hook, schedule: CalendarClock }

function Chip({ target, onRemove }: { target: Target; onRemove: (() => void) | undefined }) {
  const name = useTargetName()(target)
  return (
    <span className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-1 border border-line-strong bg-surface pl-2 text-12 pointer-coarse:min-h-11">
      {target.type === 'user' ? <Avatar name={name} /> : <Icon of={icons[target.type]} className="text-text-2" />}
      <b className="truncate font-550">{name}</b>
      {onRemove ? (
        <button
          type="button"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
          className="grid size-6 flex-none place-items-center text-text-3 hover:text-text focus-visible:-outline-offset-2 pointer-coarse:size-11"
        >
          <Icon of={X} size={12} />
        </button>
      ) : (
        <span className="w-2" />
      )}
    </span>
  )
}

/** Whoever is not on this rung yet. */
function AddTarget({ rung, onAdd }: { rung: RungDraft; onAdd: (target: Target) => void }) {
  const members = useMembers()
  const webhooks = useWebhooks()
  const schedules = useSchedules()
  const all: (MenuItem & { target: Target })[] = [
    { target: { type: 'team' as const, id: '' }, label: 'Whole team', icon: Users },
    ...(schedules.data ?? []).map((s) => ({ target: { type: 'schedule' as const, id: s.id }, label: s.name, icon: CalendarClock })),
    ...(members.data ?? []).map((m) => ({ target: { type: 'user' as const, id: m.user_id }, label: m.name })),
    ...(webhooks.data ?? []).map((w) => ({ target: { type: 'webhook' as const, id: w.id }, label: w.name, icon: Hook })),
  ].map((item) => ({ ...item, run: () => onAdd(item.target) }))
  const left = all.filter((item) => !hasTarget(rung, item.target))
  if (!left.length) return null
  return (
    <Menu
      label="Add a target"
      items={left}
      trigger={
        <Button kind="ghost" icon={Plus} className="px-1.5!">
          Target
        </Button>
      }
    />
  )
}
