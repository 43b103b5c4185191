import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, fields, type Text, text, type Value } from '../value.ts'

const ports: Record<string, number> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21 }

export const parse_url = define({
  name: 'parse_url',
  summary: 'The parts of a URL.',
  parameters: [textValue, optional('default_known_ports', kind.boolean)],
  returns: kind.record({
    scheme: kind.bytes,
    username: kind.bytes,
    password: kind.bytes,
    path: kind.orNull(kind.bytes),
    host: kind.bytes,
    port: kind.orNull(kind.integer),
    fragment: kind.orNull(kind.bytes),
    query: kind.mapOf(kind.bytes),
  }),
  fails: true,
  run: (_, value: Text, defaultKnownPorts: Value = false) => {
    let url: URL
    try {
      url = new URL(text(value))
    } catch {
      return fail(`unable to parse url: ${faultOf(text(value))}`)
    }
    const scheme = url.protocol.slice(0, -1)
    const port = url.port !== '' ? Number(url.port) : defaultKnownPorts === true ? (ports[scheme] ?? null) : null
    return {
      scheme,
      username: url.username,
      password: url.password,
      path: url.pathname,
      host: url.hostname === '' ? null : url.hostname,
      port,
      fragment: url.href.includes('#') ? url.hash.slice(1) : null,
      query: fields([...url.searchParams].map(([k, v]) => [k, v] as const)),
    }
  },
  example: { source: 'parse_url!("https://a.example:8443/p?q=1#top").port', result: 8443 },
})

/** What the reference's reader says of a URL that cannot be read. */
function faultOf(s: string): string {
  const m = /^[a-z][a-z0-9+.-]*:[\\/]*(?:[^@/?#]*@)?([^/?#]*)/i.exec(s.trim())
  if (!m) return 'relative URL without a base'
  const authority = m[1]!
  if (authority === '') return 'empty host'
  if (authority.startsWith('[')) return 'invalid IPv6 address'
  const [host = '', port] = authority.split(':')
  if (port !== undefined && (!/^\d*$/.test(port) || Number(port) > 65_535)) return 'invalid port number'
  if (host === '') return 'empty host'
  if (/(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(host)) return 'invalid IPv4 address'
  return /[ %]/.test(host) ? 'invalid international domain name' : 'invalid domain character'
}
