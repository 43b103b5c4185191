import { expect, test } from 'vitest'
import { ingestionMethods } from '../../../../shared/logs/schema.ts'
import { type Client, clientFor, clients, filled, masked } from './snippets.ts'

test('every way to feed a source opens on a client that speaks it', () => {
  for (const method of ingestionMethods) expect((clientFor(method).methods as readonly string[]).includes(method)).toBe(true)
})

test('every snippet names this source and nothing is left to fill in', () => {
  for (const client of clients as readonly Client[]) {
    const all = client.steps.map((s) => filled(s.code, 'https://in.example:8443', 'src_abc')).join('\n')
    expect(all, client.id).toContain('src_abc')
    expect(all, client.id).toContain('in.example')
    expect(all, client.id).not.toMatch(/\b(ORIGIN|TOKEN|HOSTPORT|HOST|PORT|TLS|SCHEME)\b(?!_)/)
  }
})

test('a token that may not be seen is a variable; port and scheme follow the address', () => {
  expect(filled('Bearer TOKEN', 'http://localhost:8787', null)).toBe('Bearer $SOURCE_TOKEN')
  expect(filled('HOST PORT TLS SCHEME HOSTPORT', 'http://localhost:8787', null)).toBe('localhost 8787 off http localhost:8787')
  expect(filled('PORT TLS', 'https://tocsin.example', null)).toBe('443 on')
  expect(filled('SOURCE_TOKEN=TOKEN INGESTING_HOST=HOST', 'https://a.example', 't')).toBe('SOURCE_TOKEN=t INGESTING_HOST=a.example')
  expect(masked('src_7Hq2mVd0RkX9')).toBe('••••••••••••RkX9')
})
