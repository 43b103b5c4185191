import { deleteKey, listKeys, makeKey } from '../../shared/auth/keys.ts'
import { leave } from '../../shared/auth/leaving.ts'
import { allowed, permissions, type Role, roleAllows, roles, roleWords } from '../../shared/auth/permissions.ts'
import {
  ApiKeyInput,
  ApiKeyList,
  ApiKeyMade,
  Invitation,
  InvitationInput,
  InvitationList,
  Member,
  MemberChange,
  MemberList,
  RoleList,
  Team,
  TeamDeletion,
  TeamInput,
} from '../../shared/auth/schema.ts'
import {
  changeRole,
  invite,
  listInvitations,
  listMembers,
  mayHandle,
  readMember,
  readTeam,
  removeMember,
  renameTeam,
  withdraw,
} from '../../shared/auth/store.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { iso } from '../../shared/time.ts'
import { teamChanged } from './changed.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { forgetKeys } from './who.ts'

/** `/api/auth` for a team: its name, its people, its keys. WIRE "Teams, members, keys". */
export const authTeam = door()
  .get('/team', can('auth:read'), says('The team', Team), async (c) => c.json(await teamBody(c)))
  .patch('/team', can('auth:write'), says('Rename the team', Team), takes('json', TeamInput), async (c) => {
    await renameTeam(c.var.db, c.var.team, c.req.valid('json').name, Date.now())
    teamChanged(c)
    return c.json(await teamBody(c))
  })
  .delete('/team', says('Delete the team and everything of it, for good', null, 204), takes('query', TeamDeletion), async (c) => {
    if (c.var.user === null || c.var.role !== 'admin') throw new Problem('forbidden', 'Only an admin who is signed in can delete the team.')
    const team = await teamBody(c)
    if (c.req.valid('query').confirm !== team.name) {
      const message = 'Write the name of the team, exactly as it is.'
      throw new Problem('invalid', message, { errors: [{ path: 'confirm', code: 'no-match', message }] })
    }
    await leave(c.var.db, c.var.team, Date.now())
    forgetKeys()
    teamChanged(c)
    return c.body(null, 204)
  })
  .get('/roles', can('auth:read'), says('What each role may do', RoleList), (c) =>
    c.json({ data: roles.map((role) => ({ role, name: roleWords[role][0], may: roleWords[role][1], permissions: [...allowed[role]] })) }),
  )

  .get('/members', can('auth:read'), says('Members, in the order they joined', MemberList), takes('query', PageQuery), async (c) => {
    const page = c.req.valid('query')
    const { data, total } = await listMembers(c.var.db, c.var.team, page)
    return c.json({ data, pagination: pagination(new URL(c.req.url), page, total) })
  })
  .get('/members/:id', can('auth:read'), says('One member', Member), async (c) => c.json(await memberOf(c)))
  .patch('/members/:id', can('auth:write'), says('Give another role', Member), takes('json', MemberChange), async (c) => {
    const member = await memberOf(c)
    const { role } = c.req.valid('json')
    mustHandle(c, member.role, role)
    if (!(await changeRole(c.var.db, c.var.team, member.id, role, Date.now()))) throw lastAdmin()
    forgetKeys()
    teamChanged(c)
    return c.json({ ...member, role })
  })
  .delete('/members/:id', says('Take a person out of the team, or leave it', null, 204), async (c) => {
    const member = await memberOf(c)
    if (member.user_id !== c.var.user) {
      if (!c.var.may('auth:write'))
        throw new Problem('forbidden', 'This needs the permission auth:write. An admin of the team can give it.')
      mustHandle(c, member.role)
    }
    if (!(await removeMember(c.var.db, c.var.team, member.id, member.user_id, Date.now()))) throw lastAdmin()
    forgetKeys()
    teamChanged(c)
    return c.body(null, 204)
  })

  .get('/invitations', can('auth:read'), says('Open invitations', InvitationList), takes('query', PageQuery), async (c) => {
    const page = c.req.valid('query')
    const { data, total } = await listInvitations(c.var.db, c.var.team, page, Date.now())
    return c.json({ data, pagination: pagination(new URL(c.req.url), page, total) })
  })
  .post(
    '/invitations',
    can('auth:write'),
    says('Invite by e-mail; an open invitation of the same address is renewed and sent again', Invitation, 201),
    takes('json', InvitationInput),
    (c) =>
      once(c, async (also) => {
        const input = c.req.valid('json')
        mustHandle(c, input.role)
        const by = { id: c.var.person, name: c.var.actor.name }
        const invited = await invite(c.var.db, c.var.team, input, by, Date.now(), also)
        if ('refused' in invited) throw refusals[invited.refused]()
        teamChanged(c)
        return invited.made
      }),
  )
  .delete('/invitations/:id', can('auth:write'), says('Withdraw an invitation', null, 204), async (c) => {
    if (!(await withdraw(c.var.db, c.var.team, idOf(c)))) throw new Problem('not-found', 'No open invitation of this team has this id.')
    teamChanged(c)
    return c.body(null, 204)
  })

  .get('/api-keys', can('auth:read'), says('API keys, newest first', ApiKeyList), takes('query', PageQuery), async (c) => {
    const page = c.req.valid('query')
    const { data, total } = await listKeys(c.var.db, c.var.team, page)
    return c.json({ data, pagination: pagination(new URL(c.req.url), page, total) })
  })
  .post('/api-keys', can('auth:write'), says('Make a key; it is shown this once', ApiKeyMade, 201), takes('json', ApiKeyInput), (c) =>
    once(c, async (also) => {
      const input = c.req.valid('json')
      mayGive(c, input.scopes)
      const at = Date.now()
      if (input.expires_at !== null && Date.parse(input.expires_at) <= at)
        throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
          errors: [{ path: 'expires_at', code: 'past', message: 'This is in the past. Leave it out for a key that does not end.' }],
        })
      const made = await makeKey(c.var.db, c.var.team, input, { id: c.var.person, name: c.var.actor.name }, at, also)
      teamChanged(c)
      return made
    }),
  )
  .delete('/api-keys/:id', can('auth:write'), says('Stop a key for good', null, 204), async (c) => {
    if (!(await deleteKey(c.var.db, c.var.team, idOf(c), Date.now()))) throw new Problem('not-found', 'This team has no key with this id.')
    forgetKeys()
    teamChanged(c)
    return c.body(null, 204)
  })

async function teamBody(c: Asked) {
  const row = await readTeam(c.var.db, c.var.team)
  if (!row) throw new Problem('gone', 'This team is being deleted.')
  return { id: row.id, name: row.name, slug: row.slug, created_at: iso(row.createdAt.getTime()) }
}

async function memberOf(c: Asked): Promise<Member> {
  const found = await readMember(c.var.db, c.var.team, idOf(c))
  if (!found) throw new Problem('not-found', 'This team has no member with this id.')
  return found
}

/** Nobody gives or takes what is more than their own. */
function mustHandle(c: Asked, ...handled: Role[]): void {
  const beyond = handled.find((role) => !mayHandle(c.var.may, role))
  if (beyond) throw new Problem('forbidden', `The role ${beyond} may more than you. Somebody who may as much can do this.`)
}

/** A key allows nothing that its maker, or the key it was made with, may not. */
function mayGive(c: Asked, scopes: ApiKeyInput['scopes']): void {
  const wanted = scopes.includes('*') ? permissions.filter((p) => roleAllows(c.var.role, p)) : scopes.filter((s) => s !== '*')
  const beyond = wanted.find((p) => !c.var.may(p))
  if (beyond) throw new Problem('forbidden', `You cannot give ${beyond}: you may not do it yourself.`)
}

const lastAdmin = () => new Problem('conflict', 'This is the last admin of the team. Make somebody else an admin first.')
const refusals = {
  'already-a-member': () => new Problem('conflict', 'Whoever has this address is in the team already.'),
  'too-many': () => new Problem('conflict', 'A hundred invitations are open. Withdraw some first.'),
  'just-sent': () => new Problem('rate-limited', 'This invitation was sent less than a minute ago.', { retryAfter: 60 }),
}
