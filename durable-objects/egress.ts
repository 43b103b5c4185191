import { connect } from 'cloudflare:sockets'
import type { Env } from './env.ts'

export type Egress = {
  fetch(url: string, init?: RequestInit): Promise<Response>
  connect(address: { hostname: string; port: number }, options?: SocketOptions): Socket
}

/**
 * The only way to what a customer typed. On one machine both go through workerd's own network, which refuses addresses and names
 * that resolve to private ones unless ALLOW_PRIVATE_TARGETS; on Cloudflare the platform's network is public already. Callers ask
 * shared/uptime/checks/guard.ts first, also for every redirect.
 */
export const egress = (env: Env): Egress =>
  env.EGRESS
    ? {
        fetch: (url, init) => env.EGRESS!.fetch(url, init),
        connect: (address, options) => env.EGRESS!.connect(address, options),
      }
    : { fetch: (url, init) => fetch(url, init), connect }
