import { createExecutionContext } from 'cloudflare:test'
import { expect, inject, test } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { newId } from '../../shared/ids.ts'
import type { CheckSpec } from '../../shared/uptime/checks/spec.ts'
import { Check } from '../../workers/check.ts'
import { env } from '../given.ts'

const target = inject('target')
const answers = (name: string, ...list: object[]) => fetch(`${target}/${name}`, { method: 'PUT', body: JSON.stringify(list) })
const asked = async (name: string) => Number(await (await fetch(`${target}/${name}?asked`)).text())

const spec = (url: string, more: Partial<CheckSpec> = {}): CheckSpec => ({
  team: newId(), monitor: newId(), region: 'eu', round: null, type: 'status', url, method: 'GET', headers: {}, body: null, username: null, password: null,
  followRedirects: true, timeoutMs: 3000, expectedStatusCodes: [], keyword: null, ...more,
}) // biome-ignore format: one spec

/** The way a shard goes: the region's Probe, and from there an invocation of its own. */
const seen = async (url: string, more: Partial<CheckSpec> = {}) => (await stubs.probe('eu', 0).run([spec(url, more)]))[0]!
/** The same entrypoint where private targets are refused, over workerd's own public network. */
const publicOnly = async (url: string) => {
  const { PUBLIC_ONLY } = env as unknown as { PUBLIC_ONLY: Fetcher }
  const check = new Check(createExecutionContext(), { ...env, ALLOW_PRIVATE_TARGETS: '', EGRESS: PUBLIC_ONLY })
  return (await check.run([spec(url)]))[0]!
}

test('a probe checks a real page and says what it saw', async () => {
  const name = newId()
  await answers(name, { body: 'hello' })
  expect(await seen(`${target}/${name}`, { type: 'keyword', keyword: 'hello' })).toMatchObject({
    region: 'eu',
    outcome: 'up',
    error: null,
    status: 200,
    bytes: 5,
    colo: null,
    excerpt: null,
  })
})

test('each failure has the name of what went wrong, in the real runtime', async () => {
  const name = newId()
  await answers(name, { status: 503, body: 'broken' })
  const port = new URL(target).port
  expect(await seen(`${target}/${name}`)).toMatchObject({ outcome: 'down', error: 'status', status: 503, excerpt: 'broken' })
  expect(await seen('http://127.0.0.1:1/')).toMatchObject({ error: 'refused', status: null })
  expect(await seen(`https://127.0.0.1:${port}/`)).toMatchObject({ error: 'tls', status: null })
  await answers(name, { drop: true })
  expect(await seen(`${target}/${name}`)).toMatchObject({ error: 'network', status: null })
  await answers(name, { afterMs: 5000 })
  expect(await seen(`${target}/${name}`, { timeoutMs: 300 })).toMatchObject({ error: 'timeout', status: null, ttfbMs: null })
  await answers(name, { status: 302, location: `/${name}` })
  expect(await seen(`${target}/${name}`)).toMatchObject({ error: 'redirect-loop' })
})

test('five checks that hang do not hold up each other, nor a sixth', async () => {
  const [slow, quick] = [newId(), newId()]
  await answers(slow, { afterMs: 5000 })
  await answers(quick, {})
  const began = Date.now()
  const hung = stubs.probe('eu', 0).run(Array.from({ length: 5 }, () => spec(`${target}/${slow}`, { timeoutMs: 1000 })))
  expect(await seen(`${target}/${quick}`)).toMatchObject({ outcome: 'up' })
  expect(Date.now() - began).toBeLessThan(900)
  expect((await hung).map((r) => r.error)).toEqual(Array(5).fill('timeout'))
  expect(Date.now() - began).toBeLessThan(4000)
})

test('where private targets are refused, nothing reaches this machine: not by address, name or redirect', async () => {
  const name = newId()
  await answers(name, {})
  const { port } = new URL(target)
  for (const host of [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::1]',
    'localhost',
    'localhost.',
    '0.0.0.0',
  ])
    expect([host, (await publicOnly(`http://${host}:${port}/${name}`)).error]).toEqual([host, 'blocked'])
  expect(await asked(name)).toBe(0)
})

test('a name that resolves to a private address is refused by the network itself, whatever its text says', async () => {
  const name = newId()
  await answers(name, {})
  const { PUBLIC_ONLY } = env as unknown as { PUBLIC_ONLY: Fetcher }
  await expect(PUBLIC_ONLY.fetch(`http://localhost:${new URL(target).port}/${name}`)).rejects.toThrow()
  expect(await asked(name)).toBe(0)
})
