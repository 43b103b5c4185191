import { createMiddleware } from 'hono/factory'
import { stubs } from '../../durable-objects/stubs.ts'
import { readTeam } from '../../shared/auth/store.ts'
import { hashToken, newId } from '../../shared/ids.ts'
import { log, reason } from '../../shared/log.ts'
import { openContact, sealContact } from '../../shared/notify/contact-secret.ts'
import { newCodeDigits, noticePage, startToken } from '../../shared/notify/notice.ts'
import type { Page, Receipt } from '../../shared/notify/page.ts'
import { applicationServerKey } from '../../shared/notify/push-crypto.ts'
import * as wire from '../../shared/notify/schema.ts'
import * as store from '../../shared/notify/store.ts'
import type { ContactMethodRow } from '../../shared/notify/table.ts'
import { personChannels } from '../../shared/oncall/urgency.ts'
import { Problem } from '../../shared/problem.ts'
import { ring } from '../../shared/seal.ts'
import { iso } from '../../shared/time.ts'
import { waysOut } from '../out.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, type Door, door, idOf, once, says, takes } from './door.ts'

/** A person changes their own contacts whatever their role; a key that stands for them needs the permission. */
export const ownOrMay = createMiddleware<Door>(async (c, next) => {
  if (c.var.user === null && !c.var.may('oncall:write'))
    throw new Problem('forbidden', 'This needs the permission oncall:write. An admin of the team can give it.')
  await next()
})

/** `/api/oncall/contact-methods`: the ways to whoever asks. A code verifies each; an unverified one pages nobody. */
export const contacts = door()
  .get('/', says('Your contact methods', wire.ContactMethodList), can('oncall:read'), async (c) => {
    const [rows, { zone: _, name: __, ...account }, push_key] = await Promise.all([
      store.listContacts(c.var.db, c.var.team, c.var.person),
      store.accountContact(c.var.db, c.var.person),
      applicationServerKey(ring(c.env.SECRET_KEYS)),
    ])
    return c.json({ data: [account, ...rows.map(store.contactBody)], channels: offered(c), push_key })
  })
  .post(
    '/',
    says('Add a way to reach you; a code is sent to it', wire.ContactMethodMade, 201),
    ownOrMay,
    takes('json', wire.ContactMethodInput),
    (c) =>
      once(c, async (also) => {
        const input = c.req.valid('json')
        if (!offered(c).some((o) => o.channel === input.channel))
          throw new Problem(
            'not-available-here',
            `This installation has no account to send by ${input.channel}. Its settings name one: docs/paging.md.`,
          )
        if (input.channel === 'telegram' && !input.contact && !c.env.TELEGRAM_BOT)
          throw new Problem('not-available-here', 'This installation has no bot to open a chat with. Name the id of a chat.')
        const have = await store.listContacts(c.var.db, c.var.team, c.var.person)
        if (have.length >= store.CONTACTS_MAX)
          throw new Problem('conflict', `You have ${store.CONTACTS_MAX} contact methods. Delete one first.`)
        const id = newId()
        const contact = await contactOf(c, id, input)
        if (have.some((h) => h.channel === contact.channel && h.contact === contact.contact))
          throw new Problem('conflict', 'You have this contact already. Ask for another code if it is not verified.')
        await refuseTooMany(c)
        const link = input.channel === 'telegram' && !input.contact ? await startToken(c.var.team, id) : null
        const code = newCodeDigits()
        const { row, statements } = store.newContact(
          c.var.db,
          c.var.team,
          c.var.person,
          { ...contact, id, code_hash: await codeHash(id, link?.secret ?? code) },
          Date.now(),
        )
        const sent = link ? { sent: false, detail: 'Open the link: the chat verifies itself.' } : await sendCode(c, row, code)
        const bot = link && c.env.TELEGRAM_BOT ? `https://t.me/${c.env.TELEGRAM_BOT}?start=${link.token}` : null
        const answer = { ...store.contactBody(row), code: sent, link: bot }
        await c.var.db.batch([...statements, ...also(answer)])
        return answer
      }),
  )
  .get('/:id', says('One of your contact methods', wire.ContactMethodBody), can('oncall:read'), async (c) =>
    c.json(store.contactBody(await contactOr404(c))),
  )
  .patch('/:id', says('Rename a contact method', wire.ContactMethodBody), ownOrMay, takes('json', wire.ContactMethodChange), async (c) => {
    const { label } = c.req.valid('json')
    if (!(await store.relabelContact(c.var.db, c.var.team, c.var.person, idOf(c), label, Date.now()))) throw notFound()
    return c.json(store.contactBody(await contactOr404(c)))
  })
  .delete('/:id', says('Delete a contact method; wishes that name it end', null, 204), ownOrMay, async (c) => {
    if (idOf(c) === c.var.person) throw new Problem('conflict', 'This is the address of your account. Change it under Profile.')
    if (!(await store.removeContact(c.var.db, c.var.team, c.var.person, idOf(c), Date.now()))) throw notFound()
    tellObjects(c)
    return c.body(null, 204)
  })
  .post('/:id/code', says('Send another code', wire.Tested), ownOrMay, async (c) => {
    const row = await contactOr404(c)
    if (row.verified_at !== null) throw new Problem('conflict', 'This contact is verified already.')
    await refuseTooMany(c)
    const code = newCodeDigits()
    await store.newCode(c.var.db, c.var.team, c.var.person, row.id, await codeHash(row.id, code), Date.now())
    return c.json(tested(await deliver(c, row, codeNotice(code, row.channel))))
  })
  .post('/:id/verify', says('Verify by the code that was sent', wire.ContactMethodBody), ownOrMay, takes('json', wire.Code), async (c) => {
    const row = await contactOr404(c)
    if (row.verified_at !== null) throw new Problem('conflict', 'This contact is verified already.')
    const done = await store.verify(c.var.db, c.var.team, row.id, await codeHash(row.id, c.req.valid('json').code), Date.now())
    if (done === 'over') throw invalid('This code is over: it lives ten minutes and five tries. Ask for another one.')
    if (done !== 'verified') throw invalid('This is not the code that was sent last.')
    tellObjects(c)
    return c.json(store.contactBody(await contactOr404(c)))
  })
  .post('/:id/test', says('Send a test to a verified contact', wire.Tested), ownOrMay, async (c) => {
    const account = idOf(c) === c.var.person ? await store.accountContact(c.var.db, c.var.person) : null
    const row = account ? { ...account, secret: null } : await contactOr404(c)
    if (!account && (row as ContactMethodRow).verified_at === null)
      throw new Problem('conflict', 'Verify this contact first: nobody is paged by one that is not.')
    await refuseTooMany(c)
    return c.json(tested(await deliver(c, row, 'This is a test page of Tocsin. You would be paged here. Nothing is wrong.')))
  })

const codeHash = (id: string, code: string) => hashToken(`${id}:${code}`)
const codeNotice = (code: string, channel: string) =>
  `Your Tocsin code is ${channel === 'voice' ? `${[...code].join(', ')}. Once more: ${[...code].join(', ')}` : code}. It verifies this contact within ten minutes.`

/** The channels that this installation has a way out for. */
function offered(c: Asked): wire.ContactMethodList['channels'] {
  const out = waysOut(c.env)
  const has = { email: true, push: true, sms: out.twilio !== null, voice: out.twilio !== null, telegram: out.telegram !== null }
  return personChannels.flatMap((channel) =>
    has[channel] || out.local ? [{ channel, local: !has[channel] || (channel === 'email' && out.local !== null) }] : [],
  )
}

async function contactOf(c: Asked, id: string, input: wire.ContactMethodInput): Promise<store.NewContact> {
  switch (input.channel) {
    case 'email':
    case 'sms':
    case 'voice':
      return { channel: input.channel, contact: input.contact, label: input.label ?? '', secret: null }
    case 'telegram':
      // until the chat tells its id
      return { channel: 'telegram', contact: input.contact ?? `waits ${id}`, label: input.label ?? '', secret: null }
    case 'push': {
      const { endpoint, keys } = input.subscription
      const server = await applicationServerKey(ring(c.env.SECRET_KEYS))
      const secret = await sealContact(ring(c.env.SECRET_KEYS), c.var.team, JSON.stringify({ endpoint, keys, server }))
      return {
        channel: 'push',
        contact: `${new URL(endpoint).host} ${(await hashToken(endpoint)).slice(0, 8)}`,
        label: input.label ?? 'A browser',
        secret,
      }
    }
    default:
      return input satisfies never
  }
}

async function refuseTooMany(c: Asked): Promise<void> {
  if (await store.maySend(c.var.db, c.var.team, c.var.person, Date.now())) return
  throw new Problem('rate-limited', 'Twenty codes and tests were sent in this hour. Try again later.', { retryAfter: 3600 })
}

type To = Pick<ContactMethodRow, 'id' | 'channel' | 'contact' | 'secret'>

async function sendCode(c: Asked, to: To, code: string): Promise<{ sent: boolean; detail: string | null }> {
  const { outcome, detail } = await deliver(c, to, codeNotice(code, to.channel))
  return { sent: outcome === 'accepted', detail: outcome === 'accepted' ? null : (detail ?? 'It was not taken.') }
}

/** As a page would leave: by the same channel, in an invocation of its own. */
async function deliver(c: Asked, to: To, notice: string): Promise<Receipt> {
  const team = await readTeam(c.var.db, c.var.team)
  const secret = to.secret ? await openContact(ring(c.env.SECRET_KEYS), c.var.team, to.secret) : null
  const account = await store.accountContact(c.var.db, c.var.person)
  const page: Page = noticePage({ id: newId(), team: { id: c.var.team, name: team?.name ?? '' }, to: { ...to, secret }, person: { id: c.var.person, name: account.name, zone: account.zone }, notice, url: `${c.env.TOCSIN_URL}/settings/contacts`, at: Date.now() }) // biome-ignore format: a row
  try {
    return await stubs.deliver(page)
  } catch (e) {
    log('code-not-sent', { team: c.var.team, channel: to.channel, message: reason(e) })
    return { outcome: 'failed', at: Date.now(), providerId: null, detail: 'our way out is shut', fault: 'ours' }
  }
}

const tested = ({ outcome, at, providerId, detail }: Receipt) => ({ outcome, at: iso(at), provider_id: providerId, detail })

async function contactOr404(c: Asked): Promise<ContactMethodRow> {
  const row = await store.getContact(c.var.db, c.var.team, c.var.person, idOf(c))
  if (!row) throw notFound()
  return row
}

export const tellObjects = (c: Asked) => c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
const notFound = () => new Problem('not-found', 'You have no contact method with this id in this team.')
const invalid = (message: string) => new Problem('invalid', message, { errors: [{ path: 'code', code: 'wrong', message }] })
