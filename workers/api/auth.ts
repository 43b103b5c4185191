import * as z from 'zod'
import { cookiesOf, isOurOrigin, sessionToken } from '../../shared/auth/cookie.ts'
import { forgiveTries } from '../../shared/auth/counted.ts'
import { bySession } from '../../shared/auth/credentials.ts'
import { demo } from '../../shared/auth/demo.ts'
import { accept, signUp, userIdOf } from '../../shared/auth/join.ts'
import { resetMail } from '../../shared/auth/mail.ts'
import { roleWords } from '../../shared/auth/permissions.ts'
import { endSessionByToken, endSessions, resettable, verifyEmail } from '../../shared/auth/profile.ts'
import { Entrance, InvitationSeen, Reset, ResetRequest, Session, SignIn, SignUp } from '../../shared/auth/schema.ts'
import { newId } from '../../shared/ids.ts'
import { log, reason } from '../../shared/log.ts'
import { Problem } from '../../shared/problem.ts'
import { iso } from '../../shared/time.ts'
import { sendMail } from '../mail.ts'
import { teamChanged } from './changed.ts'
import { type Asked, door, says, takes } from './door.ts'
import { byPassword, farewell, hashPassword, invitationOf, people, resetTokens, stranger, welcome } from './sign-in.ts'
import { cookieSecret } from './who.ts'

const Until = z.object({ expires_at: z.string() }).meta({ id: 'PasswordResetAsked' })
const Invited = z.strictObject({ invitation: z.string().min(1).max(500) })

/** `/api/auth` for strangers: how one comes in, and out. What belongs to a person is in auth-person.ts, to a team in auth-team.ts. */
export const auth = door()
  .get('/entrance', says('What a sign-in page must know', Entrance), (c) => c.json(entrance(c)))
  .post('/sign-up/email', says('Create an account, and a team or a place in one', Session, 201), takes('json', SignUp), (c) =>
    signingUp(c, c.req.valid('json')),
  )
  .post('/sign-in/email', says('Sign in', Session), takes('json', SignIn), async (c) => {
    await stranger(c)
    const { email, password, remember } = c.req.valid('json')
    const tried = await byPassword(c, email, password, remember)
    if ('wrong' in tried) throw new Problem('unauthenticated', tried.wrong)
    return welcome(c, tried.right, 200)
  })
  .post('/sign-out', says('End this session', null, 204), async (c) => {
    const token = await sessionToken(c.req.header('cookie'), cookiesOf(c.env.TOCSIN_URL), await cookieSecret(c.env))
    if (token && !isOurOrigin(c.req.header('origin') ?? '', c.env.TOCSIN_URL))
      throw new Problem('forbidden', 'This came with a cookie but not from a page of this installation.')
    if (token) await endSessionByToken(c.var.db, token)
    c.header('set-cookie', farewell(c.env))
    return c.body(null, 204)
  })
  .post('/request-password-reset', says('Mail a link that sets a new password', Until, 202), takes('json', ResetRequest), async (c) => {
    await stranger(c)
    const { RESET_LIFE } = await resetTokens()
    const at = Date.now()
    // known or not, the answer leaves before anybody looks
    c.executionCtx.waitUntil(mailReset(c, c.req.valid('json').email, at))
    return c.json({ expires_at: iso(at + RESET_LIFE) }, 202)
  })
  .post('/reset-password', says('Set a new password by a mailed link, and sign in', Session), takes('json', Reset), (c) =>
    resetting(c, c.req.valid('json')),
  )
  .get('/invitation', says('What an invitation is for', InvitationSeen), takes('query', Invited), async (c) => {
    await stranger(c)
    const open = await invitationOf(c, c.req.valid('query').invitation)
    return c.json({
      email: open.email,
      team: open.team.name,
      invited_by: open.inviter?.name ?? 'An admin',
      role: open.role,
      role_in_words: roleWords[open.role][2],
      expires_at: iso(open.expiresAt),
    })
  })

function entrance({ env }: Asked): z.infer<typeof Entrance> {
  const { email, password } = demo
  const sign_up = env.SIGN_UP === 'open' || env.SIGN_UP === 'closed' ? env.SIGN_UP : 'invite'
  return { sign_up, demo: env.MAILBOX ? { email, password } : null }
}

/** An account that exists already and this password: they came back after an answer that never reached them, and are let in. */
async function signingUp(c: Asked, { name, email, password, team, invitation }: SignUp): Promise<Response> {
  await stranger(c)
  const { sign_up } = entrance(c)
  const open = invitation === undefined ? null : await invitationOf(c, invitation).catch((e) => cameBack(c, email, password, e))
  if (open && 'token' in open) return welcome(c, open, 201)
  if (sign_up === 'closed') throw new Problem('forbidden', 'This installation takes no new accounts.')
  if (sign_up === 'invite' && !open) throw new Problem('forbidden', 'New accounts need an invitation here. Ask an admin of your team.')
  if (open && open.email !== email)
    throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
      errors: [{ path: 'email', code: 'other-address', message: 'The invitation was sent to another address.' }],
    })
  const at = Date.now()
  const passwordHash = await hashPassword(password)
  const into = open ? { invitation: open } : { newTeam: team ?? `${name.slice(0, 100)}’s team` }
  const made = await signUp(c.var.db, { name, email, passwordHash }, into, at)
  const tried = await byPassword(c, email, password, true)
  if ('wrong' in tried) throw new Problem('conflict', 'This address has an account. Sign in, or reset its password.')
  if ('refused' in made && open) await joinAs(c, tried.right.token, open, at)
  const joined = open?.team.id ?? ('team' in made ? made.team : null)
  if (joined) teamChanged(c, joined)
  return welcome(c, tried.right, 201)
}

/** The invitation is spent, perhaps by whoever comes here again: with the password of an account of this address they are signed in. */
async function cameBack(c: Asked, email: string, password: string, gone: unknown) {
  if ((await userIdOf(c.var.db, email)) === null) throw gone
  const tried = await byPassword(c, email, password, true)
  if ('wrong' in tried) throw gone
  return tried.right
}

async function joinAs(c: Asked, token: string, open: Awaited<ReturnType<typeof invitationOf>>, at: number): Promise<void> {
  const signedIn = await bySession(c.var.db, token, at)
  if (signedIn) await accept(c.var.db, open, signedIn.person.id, at)
}

/** At most this many links to one mailbox work at the same time, so that nobody is buried in mail by a stranger. */
const LINKS_MAX = 5

async function mailReset(c: Asked, email: string, at: number): Promise<void> {
  try {
    const found = await resettable(c.var.db, email, at)
    if (!found || found.links >= LINKS_MAX) return
    const { newResetToken, RESET_LIFE } = await resetTokens()
    const token = await newResetToken(await people(c.env), found.id, at)
    const { browserOf } = await import('../../shared/auth/browser.ts')
    const asked = { ip: c.req.header('cf-connecting-ip') ?? null, browser: browserOf(c.req.header('user-agent') ?? null) }
    const url = `${c.env.TOCSIN_URL}/sign-in?state=new-password&token=${token}`
    const mail = resetMail({ id: newId(at), from: c.env.MAIL_FROM, at }, { email, zone: found.zone }, asked, {
      url,
      until: at + RESET_LIFE,
    })
    // the link is nowhere but here, so it cannot wait in the outbox
    for (let tries = 0; tries < 3; tries++) {
      const { outcome, detail } = await sendMail(c.env, mail)
      if (outcome === 'accepted') return
      log('reset-mail-failed', { request_id: c.var.requestId, tries, detail })
    }
  } catch (e) {
    log('reset-mail-failed', { request_id: c.var.requestId, message: reason(e) })
  }
}

async function resetting(c: Asked, { token, new_password }: z.infer<typeof Reset>): Promise<Response> {
  await stranger(c)
  const used = new Problem('gone', 'This link was used or is too old. A reset link works once, for 60 minutes; ask for a new one.')
  const { resetTokenOwner } = await resetTokens()
  const library = await people(c.env)
  const owner = await resetTokenOwner(library, token, Date.now())
  if (!owner) throw used
  // first, so that no session of the old password outlives it wherever this stops
  await endSessions(c.var.db, owner)
  const r = await library.api.resetPassword({ body: { token, newPassword: new_password }, asResponse: true })
  if (r.status === 400) throw used
  if (!r.ok) throw new Error(`better-auth answered ${r.status}`)
  const email = await verifyEmail(c.var.db, owner)
  await forgiveTries(c.var.db, email)
  const tried = await byPassword(c, email, new_password, true)
  if ('wrong' in tried) throw new Problem('conflict', 'The password was changed again meanwhile. Sign in with the newer one.')
  return welcome(c, tried.right, 200)
}
