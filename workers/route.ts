import type { Env } from '../durable-objects/env.ts'

export type DoorName = 'status' | 'ingest' | 'hooks' | 'api' | 'mailbox' | 'dashboard'

const ingest = [
  /^\/api\/\w+\/(envelope|store|security|minidump)\/?$/,
  /^\/api\/v1\/heartbeat\//,
  /^\/api\/v1\/write$/,
  /^\/v1\/(logs|traces|metrics)$/,
  /^\/([^/]+\/)?_bulk$/,
  /^\/(loki|services)\//,
  /^\/syslog$/,
  /^\/api\/(logs|traces|metrics)\/ingest$/,
  /^\/api\/errors\/[^/]+\/(envelope|store)\/?$/,
  /^\/api\/uptime\/heartbeats\/[^/]+\/beat$/,
]

/** Who answers: by host, then path, first match. WIRE "Who answers a request". */
export function whose(method: string, url: URL, headers: Headers, env: Pick<Env, 'TOCSIN_URL' | 'STATUS_DOMAIN'>): DoorName {
  const { pathname } = url
  if (isStatusHost(url.hostname, env)) return 'status'
  if (ingest.some((path) => path.test(pathname))) return 'ingest'
  if (method === 'POST' && (pathname === '/' || pathname === '/metrics')) return 'ingest'
  if (method === 'GET' && pathname === '/' && headers.has('authorization')) return 'ingest'
  if (/^\/[sa]\//.test(pathname)) return 'status'
  if (pathname.startsWith('/hooks/')) return 'hooks'
  if (/^\/(api|prometheus|mcp|scim|\.well-known)(\/|$)/.test(pathname)) return 'api'
  if (/^\/mailbox(\.json$|\/|$)/.test(pathname)) return 'mailbox'
  return 'dashboard'
}

/**
 * A host that is neither the app's nor this machine's own name is a status page's: its subdomain of STATUS_DOMAIN or its own
 * domain. The status door answers 404 for hosts it does not know, so an unknown host never sees the dashboard.
 */
function isStatusHost(hostname: string, env: Pick<Env, 'TOCSIN_URL' | 'STATUS_DOMAIN'>): boolean {
  if (hostname.endsWith(`.${env.STATUS_DOMAIN}`)) return true
  const own = new URL(env.TOCSIN_URL).hostname
  return hostname !== own && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
