import { Field, Select, Two, Unit } from '../../ui/field.tsx'
import type { Ladder } from './ladder.ts'
import { usePolicyGroups } from './queries.ts'
import { zones } from './zones.ts'

/** What holds for the whole policy: its clock, the whole team at the end, and how long an acknowledgement is believed. */
export function PolicyEnd({ ladder, onChange, errors }: { ladder: Ladder; onChange: (l: Ladder) => void; errors: Record<string, string> }) {
  const groups = usePolicyGroups().data ?? []
  return (
    <Two>
      <Field label="Whole team at the end" help={ladder.team ? 'after the last step' : 'empty: never'} error={errors.team}>
        {(aria) => <Unit {...aria} unit="min" value={ladder.team} onChange={(e) => onChange({ ...ladder, team: e.target.value })} />}
      </Field>
      <Field label="Again if unresolved" help={ladder.lapse ? 'after an acknowledgement' : 'empty: never'} error={errors.lapse}>
        {(aria) => <Unit {...aria} unit="min" value={ladder.lapse} onChange={(e) => onChange({ ...ladder, lapse: e.target.value })} />}
      </Field>
      <Field label="Clock of its hours">
        {(aria) => (
          <Select {...aria} value={ladder.zone} onChange={(e) => onChange({ ...ladder, zone: e.target.value })}>
            {zones(ladder.zone).map((zone) => (
              <option key={zone} value={zone}>
                {zone}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {groups.length > 0 && (
        <Field label="Group">
          {(aria) => (
            <Select {...aria} value={ladder.group ?? ''} onChange={(e) => onChange({ ...ladder, group: e.target.value || null })}>
              <option value="">none</option>
              {groups.map((g) => (
                <option key={g.id} value={g.id}>
                  {g.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </Two>
  )
}
