import type * as z from 'zod'
import { browserOf } from '../../shared/auth/browser.ts'
import { sessionBody } from '../../shared/auth/credentials.ts'
import { accept, createTeam } from '../../shared/auth/join.ts'
import { addressChangedMail } from '../../shared/auth/mail.ts'
import { changePassword, changeProfile, endSession, listPlaces, passwordHashOf } from '../../shared/auth/profile.ts'
import {
  InvitationLink,
  PasswordChange,
  PlaceList,
  Profile,
  ProfileChange,
  Session,
  TeamInput,
  TeamList,
  TeamOfMine,
} from '../../shared/auth/schema.ts'
import { newId } from '../../shared/ids.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY } from '../../shared/time.ts'
import { sendMail } from '../mail.ts'
import { teamChanged } from './changed.ts'
import { type Asked, door, idOf, says, takes } from './door.ts'
import { farewell, hashPassword, invitationOf, isPassword, onlyRole, people } from './sign-in.ts'
import { person, teamNamed, teamOf } from './who.ts'

/** `/api/auth` for whoever is signed in: what belongs to them and to no team. API keys are nobody, so they get 403 here. */
export const authPerson = door()
  .get('/session', person, says('Who is signed in, their teams, and what they may in this one', Session), async (c) => {
    await prolong(c)
    const { signedIn } = c.var
    const named = teamNamed(c)
    c.header('cache-control', 'no-store')
    return c.json(sessionBody(signedIn, named ? teamOf(signedIn, named).role : onlyRole(signedIn)))
  })
  .get('/teams', person, says('My teams', TeamList), takes('query', PageQuery), (c) => {
    const { teams } = c.var.signedIn
    const page = c.req.valid('query')
    const data = teams.slice((page.page - 1) * page.per_page, page.page * page.per_page)
    return c.json({ data, pagination: pagination(new URL(c.req.url), page, teams.length) })
  })
  .post('/teams', person, says('Create a team and be its admin', TeamOfMine, 201), takes('json', TeamInput), async (c) => {
    const { teams, person } = c.var.signedIn
    if (c.env.SIGN_UP !== 'open') throw new Problem('forbidden', 'This installation takes no new teams. Ask for an invitation.')
    if (teams.length >= TEAMS_MAX) throw new Problem('conflict', `A person is in at most ${TEAMS_MAX} teams.`)
    const { name } = c.req.valid('json')
    const made = await createTeam(c.var.db, name, person.id, Date.now())
    teamChanged(c, made.id)
    return c.json({ ...made, name, role: 'admin' as const }, 201)
  })
  .get('/profile', person, says('My profile', Profile), (c) => c.json(c.var.signedIn.person))
  .patch('/profile', person, says('Change my profile', Profile), takes('json', ProfileChange), (c) => changing(c, c.req.valid('json')))
  .post(
    '/password',
    person,
    says('Change my password; other places are signed out', null, 204),
    takes('json', PasswordChange),
    async (c) => {
      const { current_password, new_password } = c.req.valid('json')
      await mustKnow(c, current_password)
      const { signedIn } = c.var
      await changePassword(c.var.db, signedIn.person.id, await hashPassword(new_password), signedIn.session?.id ?? null, Date.now())
      return c.body(null, 204)
    },
  )
  .get('/sessions', person, says('Where I am signed in', PlaceList), takes('query', PageQuery), async (c) => {
    const { person, session } = c.var.signedIn
    const page = c.req.valid('query')
    const { data, total } = await listPlaces(c.var.db, person.id, page, Date.now())
    const places = data.map(({ ip, agent, ...place }) => ({
      ...place,
      browser: browserOf(agent),
      ip_address: ip,
      current: place.id === session?.id,
    }))
    return c.json({ data: places, pagination: pagination(new URL(c.req.url), page, total) })
  })
  .delete('/sessions/:id', person, says('Sign one place out', null, 204), async (c) => {
    const { person, session } = c.var.signedIn
    const id = idOf(c)
    if (!(await endSession(c.var.db, person.id, id))) throw new Problem('not-found', 'You are signed in at no place with this id.')
    if (id === session?.id) c.header('set-cookie', farewell(c.env))
    return c.body(null, 204)
  })
  .post('/invitations/accept', person, says('Join a team by an invitation', TeamOfMine), takes('json', InvitationLink), async (c) => {
    const open = await invitationOf(c, c.req.valid('json').invitation)
    const { person, teams } = c.var.signedIn
    if (open.email !== person.email) throw new Problem('forbidden', 'This invitation was sent to another address than yours.')
    if (teams.length >= TEAMS_MAX) throw new Problem('conflict', `A person is in at most ${TEAMS_MAX} teams.`)
    if (!(await accept(c.var.db, open, person.id, Date.now())))
      throw new Problem('gone', 'This invitation was withdrawn a moment ago. Ask for another one.')
    teamChanged(c, open.team.id)
    return c.json({ ...open.team, role: open.role })
  })

const TEAMS_MAX = 50

/** A session in use is prolonged once a day; the library writes the row and the cookie. */
async function prolong(c: Asked): Promise<void> {
  const { session } = c.var.signedIn
  if (!session || session.expiresAt - Date.now() > 29 * DAY) return
  const { api } = await people(c.env)
  const r = await api.getSession({ headers: c.req.raw.headers, asResponse: true })
  for (const cookie of r.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

/** 422 on the attribute, not 401: the session is fine, the password is not. */
async function mustKnow(c: Asked, password: string | undefined): Promise<void> {
  const { person } = c.var.signedIn
  const refuse = (message: string) => {
    const errors = [{ path: 'current_password', code: 'no-match', message }]
    return new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
  }
  if (password === undefined) throw refuse('Give your present password as well.')
  const hash = await passwordHashOf(c.var.db, person.id)
  if (!hash) throw refuse('You have no password here. Ask for a reset link to set one.')
  const tried = await isPassword(c, person.email, password, hash)
  if ('wrong' in tried) throw refuse(tried.wrong.replace('E-mail and password do not match.', 'This is not your password.'))
}

async function changing(c: Asked, { current_password, ...change }: z.infer<typeof ProfileChange>): Promise<Response> {
  const { person, teams } = c.var.signedIn
  const at = Date.now()
  const moves = change.email !== undefined && change.email !== person.email
  if (moves) await mustKnow(c, current_password)
  else delete change.email
  const ids = teams.map((t) => t.id)
  if ((await changeProfile(c.var.db, person.id, ids, change, at)) === 'taken')
    throw new Problem('conflict', 'Another account has this address.')
  if (moves) {
    const sent = { id: newId(at), from: c.env.MAIL_FROM, at }
    c.executionCtx.waitUntil(sendMail(c.env, addressChangedMail(sent, { email: person.email, zone: person.timezone }, change.email!)))
  }
  for (const id of ids) teamChanged(c, id)
  return c.json({ ...person, ...change })
}
