import { expect, test } from 'vitest'
import { aTeam, env } from '../given.ts'

type Message = { id: string; to: string; subject: string; text: string; html: string; links: { name: string; url: string }[]; incident_id: string }
const mailbox = async (incident: string): Promise<Message[]> =>
  (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>()).filter((m) => m.incident_id === incident)

test('a declared incident pages the owner and is acknowledged once', async () => {
  const { api, email, person } = await aTeam()
  const { status, body } = await api('POST', '/api/incidents', { title: 'Checkout is down' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ team_number: 1, title: 'Checkout is down', status: 'OPEN', severity: 'SEV3', escalation_level: 1, responder_id: person })
  const [mail] = await expect.poll(() => mailbox(body.id)).toHaveLength(1).then(() => mailbox(body.id))
  expect(mail).toMatchObject({ to: email, subject: 'SEV3 Checkout is down' })
  expect((await api('PATCH', `/api/incidents/${body.id}/acknowledge`)).body).toMatchObject({ status: 'ACKNOWLEDGED', time_to_acknowledge: expect.any(Number) })
  expect(await api('POST', `/api/incidents/${body.id}/acknowledge`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  expect((await api('GET', '/api/incidents')).body.data).toMatchObject([{ id: body.id, status: 'ACKNOWLEDGED' }])
  console.log(mail!.text, JSON.stringify((await api('GET', `/api/incidents/${body.id}/timeline`)).body, null, 1))
})
