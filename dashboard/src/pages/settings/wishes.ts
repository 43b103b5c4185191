import type { RulesBody, RulesInput } from '../../../../shared/notify/schema.ts'

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]
/** Which contact after how many minutes, per urgency; none means the default. `quiet` null: no quiet hours. */
export type Wishes = {
  rules: { urgency: string; contact: string; minutes: string }[]
  quiet: { days: Day[]; from: string; to: string } | null
}

export const wishesOf = ({ rules, quiet_hours }: RulesBody): Wishes => ({
  rules: rules.map((r) => ({ urgency: r.urgency_id, contact: r.contact_method_id, minutes: String(r.after_minutes) })),
  quiet: quiet_hours[0] ? { days: quiet_hours[0].days as Day[], from: quiet_hours[0].from, to: quiet_hours[0].to } : null,
})

/** Errors by place: `<index>` of a rule, `quiet`. Empty when it can be saved. */
export function wishFindings({ rules, quiet }: Wishes): Record<string, string> {
  const found: Record<string, string> = {}
  rules.forEach((r, i) => {
    if (!/^\d{1,4}$/.test(r.minutes.trim()) || Number(r.minutes) > 1440) found[i] = 'Whole minutes from 0 to 1440'
  })
  if (quiet && !quiet.days.length) found.quiet = 'Choose at least one day'
  return found
}

/** Call it only when there are no findings. */
export const wishesInput = ({ rules, quiet }: Wishes): RulesInput => ({
  rules: rules.map((r) => ({ urgency_id: r.urgency, contact_method_id: r.contact, after_minutes: Number(r.minutes) })),
  quiet_hours: quiet ? [{ ...quiet, days: [...quiet.days] }] : [],
})

/** "at once", "after 5 min". */
export const afterWords = (minutes: number): string => (minutes === 0 ? 'at once' : `after ${minutes} min`)
