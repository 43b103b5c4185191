import { count, eq } from 'drizzle-orm'
import type { Env } from '../durable-objects/env.ts'
import { openInvitation } from '../shared/auth/join.ts'
import { invitationLink } from '../shared/auth/link.ts'
import { inviteMail } from '../shared/auth/mail.ts'
import { member } from '../shared/auth/table.ts'
import { db } from '../shared/db.ts'
import type { Poke } from '../shared/outbox.ts'
import { ring } from '../shared/seal.ts'
import { sendMail } from './mail.ts'
import { sendOncallMail } from './oncall-mail.ts'

/** Mail that may be late and is made anew from what D1 says now: an invitation withdrawn meanwhile is not sent. `ref` is `<what>:<id>`. */
export async function sendQueuedMail(env: Env, poke: Poke, at: number): Promise<undefined> {
  const { team, ref } = poke
  const [what, id] = ref.split(':')
  if (what !== 'invitation') return sendOncallMail(env, poke, at)
  if (!id) return
  const database = db(env.DB)
  const open = await openInvitation(database, id, at)
  if (!open || open.team.id !== team) return
  const [people] = await database.select({ n: count() }).from(member).where(eq(member.organizationId, team))
  const inviting = {
    ...open,
    team: { name: open.team.name, people: people?.n ?? 1 },
    by: open.inviter,
    until: open.expiresAt,
  }
  // the same message for every try of this sending, another one when it is sent again
  const sent = { id: `${id}-${open.expiresAt}`, from: env.MAIL_FROM, at }
  const { outcome, detail, fault } = await sendMail(
    env,
    inviteMail(sent, inviting, await invitationLink(ring(env.SECRET_KEYS), env.TOCSIN_URL, id)),
  )
  if (outcome !== 'accepted' && fault !== 'theirs') throw new Error(`invitation not sent: ${detail}`)
}
