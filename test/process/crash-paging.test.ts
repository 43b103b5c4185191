import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../local/clickhouse.ts'
import { numbers } from '../fakes/twilio.ts'
import { serveTwilio } from '../fakes/twilio-server.ts'
import { TOKEN, until } from './runner.ts'

/** After a restart every due page leaves within this. */
const LEAVES_MS = 5000

const state = mkdtempSync(join(tmpdir(), 'tocsin-crash-paging-'))
let twilio: Awaited<ReturnType<typeof serveTwilio>>
let port: number
let tocsin: Runner
let standby: Runner
const started: ChildProcess[] = []

type Runner = ReturnType<typeof standBy>
type PageBody = {
  id: string
  channel: string
  step: number
  state: string
  possibly_twice: boolean
  attempt: number
  receipts: { state: string; detail: string | null; at: string }[]
}

/** The local runner with Twilio at our fake, loaded and waiting for its turn with the one state folder. */
function standBy() {
  const settings = {
    TWILIO_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.account,
    TWILIO_AUTH_TOKEN: twilio.token,
    TWILIO_FROM: '+15005550000',
  }
  const env = {
    ...process.env,
    TOCSIN_PORT: String(port),
    TOCSIN_STATE: state,
    TOCSIN_TOKEN: TOKEN,
    TEST_SETTINGS: JSON.stringify(settings),
  }
  const child = spawn(process.execPath, ['test/process/with-settings.ts'], { stdio: ['pipe', 'pipe', 'inherit'], env })
  started.push(child)
  const ready = new Promise<void>((ok, fail) => {
    createInterface(child.stdout).on('line', (line) => line.startsWith('Tocsin is ready') && ok())
    child.once('exit', () => fail(new Error('Tocsin ended before it was ready')))
  })
  ready.catch(() => {})
  return {
    begin() {
      child.stdin.end('go\n')
      return ready
    },
    /** kill -9 of workerd first, so that nothing goes on a moment longer, then of ClickHouse and the runner. */
    kill() {
      const gone = once(child, 'exit')
      const children = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
        .trim()
        .split('\n')
      for (const pid of children) process.kill(Number(pid), 'SIGKILL')
      child.kill('SIGKILL')
      return gone
    },
  }
}

async function api(method: string, path: string, body?: unknown): Promise<any> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const r = await fetch(`http://localhost:${port}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return r.json()
}
const pagesOf = (incident: string): Promise<PageBody[]> => api('GET', `/api/incidents/${incident}/pages`)
const smsOf = async (incident: string) => (await pagesOf(incident)).filter((p) => p.channel === 'sms')

/** The runner that stands by takes over; another one is loaded behind it. Answers when it was ready. */
async function restart(): Promise<number> {
  tocsin = standby
  await tocsin.begin()
  standby = standBy()
  return Date.now()
}
/** A policy that pages a phone after `wait` seconds. */
async function policy(wait: number): Promise<string> {
  const { id } = await api('POST', '/api/oncall/policies', { name: 'Phone', steps: [{ wait_before: wait, targets: [{ type: 'team' }] }] })
  return id
}
const declare = async (title: string, policy_id: string): Promise<string> =>
  (await api('POST', '/api/incidents', { title, severity: 'SEV1', policy_id })).id
const messagesAbout = (title: string) => twilio.messages.filter((m) => m.body.includes(title))
const untilAccepted = (incident: string) =>
  until('the page was accepted', 20_000, async () => {
    const pages = await smsOf(incident)
    return pages.length > 0 && pages.every((p) => p.state === 'accepted') && pages
  })
let phones = 0
let phone: string | null = null
/** A phone that nobody was told anything by: what was sent before does not hold up the next case. */
async function aFreshPhone(): Promise<void> {
  if (phone)
    await fetch(`http://localhost:${port}/api/oncall/contact-methods/${phone}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${TOKEN}` },
    })
  const made = await api('POST', '/api/oncall/contact-methods', { channel: 'sms', contact: `${numbers.fine}${++phones}` })
  expect(made, JSON.stringify(made)).toMatchObject({ code: { sent: true } })
  const code = /code is (\d{6})/.exec(twilio.messages.at(-1)!.body)![1]
  await api('POST', `/api/oncall/contact-methods/${made.id}/verify`, { code })
  phone = made.id
}

beforeAll(async () => {
  twilio = await serveTwilio()
  port = await freePort()
  standby = standBy()
  await restart()
}, 120_000)
afterAll(async () => {
  twilio.close()
  for (const child of started.filter((c) => c.exitCode === null && !c.signalCode)) {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
})

test('incident saved, page not due: killed while its rung waits, the page leaves after the restart, once', async () => {
  await aFreshPhone()
  const id = await declare('Saved', await policy(3))
  await tocsin.kill()
  await new Promise((done) => setTimeout(done, 3000))
  const ready = await restart()
  await untilAccepted(id)
  expect(messagesAbout('Saved').map((m) => m.at - ready)).toEqual([expect.toSatisfy((ms: number) => ms < LEAVES_MS)])
  expect((await smsOf(id))[0]).toMatchObject({ possibly_twice: false, attempt: 1 })
}, 120_000)

test('page queued: killed before the provider has it, it leaves after the restart, once, and says that it may have come twice', async () => {
  await aFreshPhone()
  const called = new Promise<void>((ok) => {
    twilio.told.before = async () => {
      ok()
      await new Promise(() => {}) // the connection dies with the caller; nothing is taken
    }
  })
  const id = await declare('Queued', await policy(0)).catch(() => null)
  await called
  twilio.told.before = async () => {}
  await tocsin.kill()
  expect(messagesAbout('Queued')).toEqual([])
  const ready = await restart()
  const incident = id ?? (await api('GET', '/api/incidents')).data.find((i: { title: string }) => i.title === 'Queued').id
  await untilAccepted(incident)
  expect(messagesAbout('Queued').map((m) => m.at - ready)).toEqual([expect.toSatisfy((ms: number) => ms < LEAVES_MS)])
  expect((await smsOf(incident))[0]).toMatchObject({ possibly_twice: true, attempt: 2 })
}, 120_000)

test('provider called: killed between its acceptance and our receipt, Twilio is asked and the message is there once', async () => {
  await aFreshPhone()
  const taken = new Promise<void>((ok) => {
    twilio.told.after = async () => {
      ok()
      await new Promise(() => {})
    }
  })
  const declared = declare('Taken', await policy(0)).catch(() => null)
  await taken
  twilio.told.after = async () => {}
  await tocsin.kill()
  expect(messagesAbout('Taken')).toHaveLength(1)
  const id = await declared
  const ready = await restart()
  const incident = id ?? (await api('GET', '/api/incidents')).data.find((i: { title: string }) => i.title === 'Taken').id
  const [page] = await untilAccepted(incident)
  expect(Date.parse(page!.receipts.at(-1)!.at) - ready).toBeLessThan(LEAVES_MS)
  expect(messagesAbout('Taken')).toHaveLength(1)
  expect(page).toMatchObject({ possibly_twice: true, attempt: 2 })
  expect(page!.receipts.at(-1)).toMatchObject({ state: 'accepted', detail: 'Twilio had it already' })
}, 120_000)

test('receipt written: killed after it, nothing is sent again', async () => {
  await aFreshPhone()
  const id = await declare('Written', await policy(0))
  await untilAccepted(id)
  await tocsin.kill()
  await restart()
  const [page] = await smsOf(id)
  expect(page).toMatchObject({ state: 'accepted', possibly_twice: false, attempt: 1 })
  // longer than a restarted object needs to look at its rows
  await new Promise((done) => setTimeout(done, LEAVES_MS))
  expect(messagesAbout('Written')).toHaveLength(1)
}, 120_000)
