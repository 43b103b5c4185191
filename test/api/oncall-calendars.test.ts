import { env as workerEnv } from 'cloudflare:workers'
import { expect, inject, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { readCalendar } from '../../shared/oncall/calendar-in.ts'
import { pollCalendars } from '../../workers/calendars.ts'
import { aTeam, call, env } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

const target = inject('target')
type Answer = { status?: number; body?: string; location?: string; headers?: Record<string, string> }
/** An address that gives these answers, the last for ever. */
async function calendarAt(...answers: Answer[]): Promise<string> {
  const url = `${target}/${newId()}.ics`
  await fetch(url, { method: 'PUT', body: JSON.stringify(answers) })
  return url
}
const DAY = 86_400_000
const stamp = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')
const at = (days: number) => Math.floor(Date.now() / 3_600_000) * 3_600_000 + days * DAY
const ics = (...events: [from: number, to: number, summary: string][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap(([from, to, summary], i) => [
      'BEGIN:VEVENT',
      `UID:${i}`,
      `DTSTART:${stamp(from)}`,
      `DTEND:${stamp(to)}`,
      `SUMMARY:${summary}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n')

async function given() {
  const g = await aTeam()
  const [theo] = (await colleagues(g.team, 'Theo Lindgren')) as [string]
  const add = async (url: string, more = {}) =>
    (await g.api('POST', '/api/oncall/calendars', { name: 'Rota', url, ...more })).body.id as string
  const read = async (id: string) => (await g.api('GET', `/api/oncall/calendars/${id}`)).body
  const polled = (id: string) => expect.poll(async () => (await read(id)).last_polled_at, { timeout: 10_000 }).not.toBeNull()
  return { ...g, theo, add, read, polled }
}

test('an imported calendar is a layer: its events say who is on call', async () => {
  const g = await given()
  const url = await calendarAt({ body: ics([at(1), at(2), 'Theo Lindgren'], [at(3), at(4), 'Team lunch']), headers: { etag: '"1"' } })
  const id = await g.add(url)
  await g.polled(id)
  expect(await g.read(id)).toMatchObject({ host: new URL(url).host, events: 1, error: null, skipped: [{ what: 'Team lunch' }] })
  const layers = [
    { rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00Z', participants: [g.person] },
    { name: 'Rota', calendar_id: id },
  ]
  const schedule = (await g.api('POST', '/api/oncall/schedules', { name: 'S', timezone: 'UTC', layers })).body.id
  const who = async (when: number) =>
    (await g.api('GET', `/api/oncall/who-is-oncall?schedule_id=${schedule}&at=${new Date(when).toISOString()}`)).body[0].user_id
  expect(await who(at(1.5))).toBe(g.theo)
  expect(await who(at(2.5))).toBe(g.person)
  expect((await g.api('DELETE', `/api/oncall/calendars/${id}`)).status).toBe(409)
  await g.api('DELETE', `/api/oncall/schedules/${schedule}`)
  expect((await g.api('DELETE', `/api/oncall/calendars/${id}`)).status).toBe(204)
  expect((await g.api('GET', `/api/oncall/calendars/${id}`)).status).toBe(404)
})

test('somebody whose own calendar says they are away is asked last to cover, and a shift of theirs in that time is said', async () => {
  const g = await given()
  const layers = [{ rotation_type: 'DAILY', rotation_start: '2026-01-05T09:00:00Z', participants: [g.person] }]
  const schedule = (await g.api('POST', '/api/oncall/schedules', { name: 'S', timezone: 'UTC', layers })).body.id
  const [noor] = (await colleagues(g.team, 'Noor Vance')) as [string]
  const id = await g.add(await calendarAt({ body: ics([at(-1), at(30), 'Holiday']) }), { use: 'unavailable', user_id: g.theo })
  await g.polled(id)
  const shift = (await g.api('GET', `/api/oncall/schedules/${schedule}/shifts?from=${new Date(at(3)).toISOString()}`)).body[0]
  const { body } = await g.api('POST', '/api/oncall/cover-requests', { shift_id: shift.id })
  expect(body.proposals).toMatchObject([
    { user_id: noor, conflict: null },
    { user_id: g.theo, conflict: 'unavailable' },
  ])
  expect(body.potential_covers).toEqual([noor])
  // on call while away: said, and paged all the same
  await g.api('POST', `/api/oncall/schedules/${schedule}/overrides`, {
    user_id: g.theo,
    start_time: new Date(at(5)).toISOString(),
    end_time: new Date(at(6)).toISOString(),
  })
  const quality = (await g.api('GET', `/api/oncall/schedules/${schedule}/quality`)).body
  expect(quality.away).toEqual([{ user_id: g.theo, from: new Date(at(5)).toISOString(), to: new Date(at(6)).toISOString() }])
})

test.each<[string, Answer[], string]>([
  ['is not there', [{ status: 404 }], 'It answered 404. Is the calendar still shared by this address?'],
  ['is no calendar', [{ body: '<html>' }], 'This is not a calendar in the iCalendar format.'],
  ['is larger than 2 MB', [{ body: 'x'.repeat(2_100_000) }], 'It is larger than 2 MB.'],
])('an address that %s says so; what was read before stays in use', async (_, answers, error) => {
  const g = await given()
  const url = await calendarAt({ body: ics([at(1), at(2), 'Theo Lindgren']) }, ...answers)
  const id = await g.add(url)
  await g.polled(id)
  expect((await g.api('POST', `/api/oncall/calendars/${id}/poll`)).body).toMatchObject({ events: 1, error })
})

test('redirects are followed three times, each asked whether it is allowed', async () => {
  const g = await given()
  const last = await calendarAt({ body: ics([at(1), at(2), 'Theo Lindgren']) })
  const id = await g.add(await calendarAt({ status: 302, location: last }))
  await g.polled(id)
  expect(await g.read(id)).toMatchObject({ events: 1, error: null })
  const loop = await calendarAt({ status: 302, location: last })
  await fetch(loop, { method: 'PUT', body: JSON.stringify([{ status: 302, location: loop }]) })
  const endless = await g.add(loop)
  await g.polled(endless)
  expect((await g.read(endless)).error).toBe('It redirects more than 3 times.')
  const inside = await g.add(await calendarAt({ status: 302, location: 'file:///etc/passwd' }))
  await g.polled(inside)
  expect((await g.read(inside)).error).toBe('This address is not allowed: it is private or not http.')
})

test('a private address is refused where private targets are not allowed', async () => {
  const strict = { ...env, ALLOW_PRIVATE_TARGETS: '' }
  const g = await given()
  const id = await g.add(await calendarAt({ body: ics() }))
  await g.polled(id)
  await (workerEnv as unknown as { DB: D1Database }).DB.prepare('UPDATE oncall_calendars SET next_poll_at = 1 WHERE id = ?').bind(id).run()
  await pollCalendars(strict, Date.now())
  expect(await g.read(id)).toMatchObject({ error: 'This address is not allowed: it is private or not http.' })
  expect((await g.api('POST', '/api/oncall/calendars', { name: 'x', url: 'ftp://example.com/a.ics' })).status).toBe(422)
  expect((await g.api('POST', '/api/oncall/calendars', { name: 'x', url: 'https://example.com/a.ics', use: 'unavailable' })).status).toBe(
    422,
  )
})

test('a feed is read without credentials by its address alone, until it is revoked', async () => {
  const g = await given()
  const layers = [{ rotation_type: 'WEEKLY', rotation_start: '2026-01-05T09:00:00+01:00', participants: [g.person, g.theo] }]
  const schedule = (await g.api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'Europe/Paris', layers })).body.id
  const feed = async (body: object) => (await g.api('POST', '/api/oncall/feeds', body)).body
  const made = await feed({ of: 'schedule', id: schedule })
  const path = made.url.replace('http://localhost', '')
  const r = await call(path)
  expect([r.status, r.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  const text = await r.text()
  expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n')
  const range = { from: at(0), to: at(28), zone: 'UTC', busyOnly: false }
  const people = [
    { id: g.person, name: 'Ines Okafor', email: '-' },
    { id: g.theo, name: 'Theo Lindgren', email: '-' },
  ]
  const listed = (
    await g.api(
      'GET',
      `/api/oncall/schedules/${schedule}/shifts?from=${new Date(range.from).toISOString()}&to=${new Date(range.to).toISOString()}`,
    )
  ).body
  expect(readCalendar(text, { ...range, whose: { people } }).events.map((e) => [e.user, new Date(e.from).toISOString()])).toEqual(
    listed.map((s: { user_id: string; start_time: string }) => [s.user_id, s.start_time]),
  )
  const mine = await (await call((await feed({ of: 'person' })).url.replace('http://localhost', ''))).text()
  expect(mine.match(/SUMMARY:On call: Payments/g)!.length).toBeLessThan(text.match(/BEGIN:VEVENT/g)!.length)
  expect(await (await call((await feed({ of: 'team' })).url.replace('http://localhost', ''))).text()).toContain(
    'Theo Lindgren\\, on call: Payments',
  )
  expect((await g.api('GET', '/api/oncall/feeds')).body.data.map((f: { url: null }) => f.url)).toEqual([null, null, null])
  expect((await g.api('DELETE', `/api/oncall/feeds/${made.id}`)).status).toBe(204)
  expect((await call(path)).status).toBe(404)
  for (const forged of ['/a/calendar/x.ics', '/a/calendar/%00.ics', `${path.slice(0, -6)}AA.ics`, `/a/calendar/${'A'.repeat(2000)}.ics`])
    expect((await call(forged)).status).toBe(404)
  const other = await aTeam()
  expect((await other.api('POST', '/api/oncall/feeds', { of: 'schedule', id: schedule })).status).toBe(404)
})
