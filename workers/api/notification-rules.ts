import { RulesBody, RulesInput } from '../../shared/notify/schema.ts'
import { accountContact, getRules, putRules } from '../../shared/notify/store.ts'
import { ensureUrgencies } from '../../shared/notify/urgency-store.ts'
import { planFor } from '../../shared/oncall/notification.ts'
import { peopleOf, urgenciesOf } from '../../shared/oncall/notification-copy.ts'
import { type FieldError, Problem } from '../../shared/problem.ts'
import { MINUTE } from '../../shared/time.ts'
import { ownOrMay, tellObjects } from './contacts.ts'
import { type Asked, can, door, says, takes } from './door.ts'

/** `/api/oncall/notification-rules`: which contact of whoever asks is paged when, for each urgency, and when they want quiet. */
export const notificationRules = door()
  .get('/', says('How you are paged', RulesBody), can('oncall:read'), async (c) => c.json(await body(c)))
  .put('/', says('Say how you are paged; replaces all wishes', RulesBody), ownOrMay, takes('json', RulesInput), async (c) => {
    const { rules, quiet_hours: quiet } = c.req.valid('json')
    await ensureUrgencies(c.var.db, c.var.team, Date.now())
    const errors = await unknown(c, rules)
    if (errors.length) throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
    const wishes = rules.map((r) => ({ urgency: r.urgency_id, contact: r.contact_method_id, after: r.after_minutes * 60 }))
    await putRules(c.var.db, c.var.team, c.var.person, { rules: wishes, quiet }, Date.now())
    tellObjects(c)
    return c.json(await body(c))
  })

async function body(c: Asked): Promise<RulesBody> {
  const { db, team, person } = c.var
  await ensureUrgencies(db, team, Date.now())
  const [{ rules, quiet }, account, people, urgencies] = await Promise.all([
    getRules(db, team, person),
    accountContact(db, person),
    peopleOf(db, team),
    urgenciesOf(db, team),
  ])
  const me = people.find((p) => p.id === person)
  return {
    timezone: account.zone,
    quiet_hours: quiet,
    rules: rules.map((r) => ({ urgency_id: r.urgency, contact_method_id: r.contact, after_minutes: r.after / 60 })),
    effective: urgencies.map((u) => ({
      urgency_id: u.id,
      urgency: u.name,
      critical: u.critical,
      // quiet hours are shown beside it, not in it
      pages: (me ? planFor({ ...me, quiet: [] }, u, 0).pages : []).map(({ contact, after }) => ({
        contact_method_id: contact.id ?? null,
        channel: contact.channel,
        contact: contact.contact,
        after_minutes: after / MINUTE,
      })),
    })),
  }
}

async function unknown(c: Asked, rules: RulesInput['rules']): Promise<FieldError[]> {
  const [people, urgencies] = await Promise.all([peopleOf(c.var.db, c.var.team), urgenciesOf(c.var.db, c.var.team)])
  const contacts = people.find((p) => p.id === c.var.person)?.contacts ?? []
  return rules.flatMap((r, i) => [
    ...(urgencies.some((u) => u.id === r.urgency_id)
      ? []
      : [
          {
            path: `rules.${i}.urgency_id`,
            code: 'unknown',
            message: 'This team has no urgency with this id. GET /api/oncall/urgencies lists them.',
          },
        ]),
    ...(contacts.some((x) => x.id === r.contact_method_id)
      ? []
      : [{ path: `rules.${i}.contact_method_id`, code: 'unknown', message: 'You have no verified contact method with this id.' }]),
  ])
}
