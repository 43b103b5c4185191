import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { member } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { openLink, sealLink } from '../../shared/incidents/link.ts'
import { ring } from '../../shared/seal.ts'
import { aTeam, base, call, env } from '../given.ts'

type Message = { incident_id: string; links: { name: string; url: string }[] }

/** An incident and the path of the acknowledge link that its owner got. */
async function aPage(title = 'Checkout is down') {
  const team = await aTeam()
  const { body } = await team.api('POST', '/api/incidents', { title })
  const mail = async () =>
    (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>()).find((m) => m.incident_id === body.id)
  await expect.poll(mail).toBeTruthy()
  const link = (await mail())!.links.find((l) => l.name === 'Acknowledge')!.url.replace(base, '')
  return { ...team, id: body.id as string, link, status: async () => (await team.api('GET', `/api/incidents/${body.id}`)).body.status }
}
const text = async (path: string, method = 'GET') => {
  const r = await call(path, { method })
  return { status: r.status, html: await r.text(), headers: r.headers }
}

describe('a mail scanner', () => {
  test('changes nothing by GET three times and HEAD', async () => {
    const t = await aPage()
    for (const method of ['GET', 'HEAD', 'GET', 'GET']) expect((await text(t.link, method)).status).toBe(200)
    expect(await t.status()).toBe('OPEN')
    expect((await t.api('GET', `/api/incidents/${t.id}/timeline`)).body.map((e: { type: string }) => e.type)).not.toContain('page-seen')
  })

  test('finds a page that runs no script, is never stored or framed, and tells its address to nobody', async () => {
    const { link } = await aPage()
    const { headers, html } = await text(link)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(/script-src 'none'.*form-action 'self'.*frame-ancestors 'none'/)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i)
  })
})

test('the button acknowledges as the person it was sent to; pressed again it says who already did', async () => {
  const t = await aPage()
  expect((await text(t.link)).html).toContain('Acknowledge as Ines Okafor')
  const done = await text(t.link, 'POST')
  expect(done.status).toBe(200)
  expect(done.html).toContain('You have it')
  expect(done.html).toContain('The whole team is not paged')
  const { body } = await t.api('GET', `/api/incidents/${t.id}`)
  expect(body).toMatchObject({ status: 'ACKNOWLEDGED', acknowledged_by: { type: 'user', id: t.person, name: 'Ines Okafor' } })
  for (const method of ['POST', 'GET']) expect((await text(t.link, method)).html).toContain('You already have it')
  expect((await t.api('GET', `/api/incidents/${t.id}/pages`)).body[0].receipts.map((r: { state: string }) => r.state)).toContain('seen')
  const events = (await t.api('GET', `/api/incidents/${t.id}/timeline`)).body
  expect(events.at(-1)).toMatchObject({ type: 'acknowledged', actor: { name: 'Ines Okafor' }, data: { via: 'link', channel: 'email' } })
})

test('two presses at once acknowledge once', async () => {
  const t = await aPage()
  const answers = await Promise.all([text(t.link, 'POST'), text(t.link, 'POST'), text(t.link, 'POST')])
  expect(answers.filter((a) => a.html.includes('>You have it<'))).toHaveLength(1)
})

test('somebody else who acknowledged is named', async () => {
  const t = await aPage()
  await t.api('PATCH', `/api/incidents/${t.id}/acknowledge`)
  const { html } = await text(t.link, 'POST')
  expect(html).toContain('test already has it')
  expect(html).toContain('Nothing changed now.')
})

test('a link ends with its incident', async () => {
  const t = await aPage()
  await t.api('PATCH', `/api/incidents/${t.id}/resolve`)
  for (const method of ['GET', 'POST']) {
    const { status, html } = await text(t.link, method)
    expect(status).toBe(410)
    expect(html).toContain('This link has ended')
  }
  expect(await t.status()).toBe('RESOLVED')
})

test('a link of somebody who left the team does nothing', async () => {
  const t = await aPage()
  await db(env.DB).delete(member).where(eq(member.organizationId, t.team))
  await stubs.incidents(t.team).refresh()
  const { status, html } = await text(t.link, 'POST')
  expect(status).toBe(410)
  expect(html).toContain('no longer yours')
  expect(await stubs.incidents(t.team).get(t.id)).toMatchObject({ incident: { status: 'open' } })
})

test.each([
  ['cut', (link: string) => link.slice(0, -9)],
  ['changed', (link: string) => `${link.slice(0, -3)}xyz`],
  ['made up', () => '/a/hello'],
  ['very long', () => `/a/${'A'.repeat(20_000)}`],
  ['not even base64', () => '/a/%00%ff..%2f'],
])('a link that is %s is told so and reaches nothing', async (_, spoil) => {
  const t = await aPage()
  for (const method of ['GET', 'POST']) {
    const { status, html } = await text(spoil(t.link), method)
    expect([400, 404]).toContain(status)
    expect(html).not.toContain('Checkout')
  }
  expect(await t.status()).toBe('OPEN')
})

test('a link sealed for one incident opens no other, nor one of another team', async () => {
  const [ours, theirs] = [await aPage(), await aPage()]
  const keys = ring(env.SECRET_KEYS)
  const link = (await openLink(keys, ours.link.slice(3)))!
  const forged = [
    { ...link, incident: theirs.id },
    { ...link, team: theirs.team },
    { ...link, page: newId() },
  ]
  for (const f of forged) expect((await text(`/a/${await sealLink(keys, f)}`, 'POST')).status).toBe(404)
  expect([await ours.status(), await theirs.status()]).toEqual(['OPEN', 'OPEN'])
})

test('what people typed is text, never markup', async () => {
  const t = await aPage('<img src=x onerror=alert(1)> & "quotes"')
  const { html } = await text(t.link)
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;')
  expect(html).not.toContain('<img')
})
