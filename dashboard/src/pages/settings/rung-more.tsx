import type { Condition } from '../../../../shared/oncall/schema.ts'
import { Options, Pick, Select, TextInput } from '../../ui/field.tsx'
import { useUrgencies } from './contact-queries.ts'
import type { Rung } from './ladder.ts'
import { anyHours, conditionWords, SEVERITIES, type Severity } from './rung-words.ts'
import { DAYS, type Day } from './wishes.ts'

type Props = {
  rung: Rung
  n: number
  zone: string
  onChange: (change: Partial<Rung>) => void
  errors: { every?: string | undefined; when?: string | undefined }
}
const blank: Condition = { severities: null, services: null, hours: null, otherwise: false }

/** What most steps leave as it is: how loud, one after another, again, and only when. */
export function RungMore({ rung, n, zone, onChange, errors }: Props) {
  const urgencies = useUrgencies()
  const when = rung.when
  const ask = (change: Partial<Condition>) => {
    const next = { ...(when ?? blank), ...change }
    onChange({ when: next.severities || next.services || next.hours ? next : null })
  }
  const [hours, ...others] = when?.hours ?? []
  return (
    <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3 rounded-2 border border-line-soft bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-12 text-text-2">
        <span className="flex items-center gap-1.5">
          Urgency
          <Select
            aria-label={`Step ${n}: urgency`}
            className="w-[176px]!"
            value={rung.urgency}
            onChange={(e) => onChange({ urgency: e.target.value })}
          >
            <option value="high">as the incident’s</option>
            <option value="low">low, as SEV4</option>
            {SEVERITIES.map((s) => (
              <option key={s} value={s}>
                {s.toUpperCase()}
              </option>
            ))}
            {(urgencies.data ?? [])
              .filter((u) => !u.severity)
              .map((u) => (
                <option key={u.id} value={u.id}>
                  {u.name}
                </option>
              ))}
          </Select>
        </span>
        <span className="flex items-center gap-1.5">
          Pages
          <Select
            aria-label={`Step ${n}: whom of them`}
            className="w-[176px]!"
            value={rung.assign}
            onChange={(e) => onChange({ assign: e.target.value as Rung['assign'] })}
          >
            <option value="all">all of them at once</option>
            <option value="round_robin">one after another</option>
          </Select>
        </span>
        <span className="flex flex-wrap items-center gap-1.5">
          <label htmlFor={`again-${rung.key}`}>Again</label>
          <Select
            id={`again-${rung.key}`}
            className="w-[88px]!"
            value={rung.again}
            onChange={(e) => onChange({ again: Number(e.target.value) })}
          >
            {[0, 1, 2, 3, 4, 5, 10].map((times) => (
              <option key={times} value={times}>
                {times === 0 ? 'never' : times === 1 ? 'once' : `${times} times`}
              </option>
            ))}
          </Select>
          {rung.again > 0 && (
            <>
              every
              <TextInput
                aria-label={`Step ${n}: seconds between`}
                inputMode="numeric"
                className="w-18! text-right"
                value={rung.every}
                {...(errors.every ? { 'aria-invalid': true } : {})}
                onChange={(e) => onChange({ every: e.target.value })}
              />
              s
            </>
          )}
        </span>
      </div>
      <Options
        legend="Only for"
        type="checkbox"
        options={SEVERITIES.map((s) => ({ value: s, label: s.toUpperCase() }))}
        chosen={when?.severities ?? []}
        onChange={(chosen) => ask({ severities: chosen.length ? (chosen as Severity[]) : null })}
        help={when?.severities ? undefined : 'none chosen: for all'}
      />
      <Pick
        label="Only at some hours"
        help={`on the clock of ${zone}`}
        checked={hours !== undefined}
        onChange={(e) => ask({ hours: e.target.checked ? [anyHours] : null })}
      />
      {hours && (
        <div className="grid gap-2">
          <Options
            legend="Days"
            type="checkbox"
            options={DAYS.map((d) => ({ value: d, label: d[0]!.toUpperCase() + d.slice(1) }))}
            chosen={hours.days}
            error={errors.when}
            onChange={(days) => ask({ hours: [{ ...hours, days: days as Day[] }, ...others] })}
          />
          <span className="flex items-center gap-2 text-12 text-text-2">
            {(['from', 'to'] as const).map((end) => (
              <span key={end} className="flex items-center gap-1.5">
                {end === 'from' ? 'from' : 'until'}
                <TextInput
                  aria-label={`Step ${n}: ${end === 'from' ? 'from' : 'until'}`}
                  type="time"
                  className="w-[104px]!"
                  value={hours[end] === '24:00' ? '00:00' : hours[end]}
                  onChange={(e) => ask({ hours: [{ ...hours, [end]: e.target.value || '00:00' }, ...others] })}
                />
              </span>
            ))}
            {others.length > 0 && (
              <span>and {others.length === 1 ? 'one other time' : `${others.length} other times`}, kept as they are</span>
            )}
          </span>
        </div>
      )}
      {when && (
        <Pick
          label="Otherwise"
          help={`Turns it around: ${conditionWords({ ...when, otherwise: true })}`}
          checked={when.otherwise}
          onChange={(e) => ask({ otherwise: e.target.checked })}
        />
      )}
    </div>
  )
}
