import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, expect, inject, test } from 'vitest'
import { api } from '../../workers/api/index.ts'
import { aTeam, env } from '../given.ts'
import { aName } from '../status/given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
/** An installation that is not one machine: DNS has to prove a domain. */
const elsewhere = { ...env, MAILBOX: undefined, DNS_RESOLVER: inject('dns') } as unknown as typeof env
async function ask(team: Team, method: string, path: string, body?: object) {
  const ctx = createExecutionContext()
  const headers = { authorization: `Bearer ${team.key}`, 'content-type': 'application/json' }
  const r = await api.fetch(
    new Request(`http://localhost${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }),
    elsewhere,
    ctx,
  )
  await waitOnExecutionContext(ctx)
  return { status: r.status, body: (await r.json()) as any }
}
const records = (knows: Record<string, string[]>) => fetch(`${inject('target')}/dns`, { method: 'PUT', body: JSON.stringify(knows) })
const made = async (team: Team, custom_domain: string) =>
  (await ask(team, 'POST', '/api/status-pages', { name: 'Kestrel', subdomain: aName(), custom_domain })).body

let team: Team
beforeAll(async () => {
  team = await aTeam()
})

test('a domain is proven by its TXT record, among others and of any length, and by nothing else', async () => {
  const page = await made(team, 'status.kestrel.example')
  const { name, value } = page.custom_domain_proof
  expect(page).toMatchObject({
    custom_domain_verified: false,
    custom_domain_proof: { type: 'TXT', name: '_tocsin.status.kestrel.example' },
  })
  const verify = () => ask(team, 'POST', `/api/status-pages/${page.id}/verify-domain`)
  expect(await verify()).toMatchObject({ status: 409, body: { code: 'conflict' } })
  await records({ [name]: ['v=spf1 -all', `tocsin-page=${team.team}`] })
  expect((await verify()).status).toBe(409)
  await records({ [name]: ['x'.repeat(600), value] })
  expect(await verify()).toMatchObject({ status: 200, body: { custom_domain_verified: true, custom_domain_proof: null } })
  // what was proven stays, whatever DNS says later
  await records({ [name]: [] })
  expect((await verify()).body.custom_domain_verified).toBe(true)
})

test('another domain has to be proven again, and a proven one belongs to one page', async () => {
  const [first, second] = [await made(team, 'one.kestrel.example'), await made(team, 'one.kestrel.example')]
  await records({ '_tocsin.one.kestrel.example': [first.custom_domain_proof.value, second.custom_domain_proof.value] })
  expect((await ask(team, 'POST', `/api/status-pages/${first.id}/verify-domain`)).status).toBe(200)
  expect(await ask(team, 'POST', `/api/status-pages/${second.id}/verify-domain`)).toMatchObject({ status: 409 })
  const moved = await ask(team, 'PATCH', `/api/status-pages/${first.id}`, { custom_domain: 'two.kestrel.example' })
  expect(moved.body).toMatchObject({ custom_domain_verified: false, custom_domain_proof: { name: '_tocsin.two.kestrel.example' } })
})

test('a resolver that does not answer is our trouble, told with when to come again; a page without a domain has nothing to prove', async () => {
  const silent = await made(team, 'www.silent.test')
  expect(await ask(team, 'POST', `/api/status-pages/${silent.id}/verify-domain`)).toMatchObject({ status: 503, body: { code: 'degraded' } })
  const plain = (await ask(team, 'POST', '/api/status-pages', { name: 'Kestrel', subdomain: aName() })).body
  expect((await ask(team, 'POST', `/api/status-pages/${plain.id}/verify-domain`)).status).toBe(422)
}, 30_000)
