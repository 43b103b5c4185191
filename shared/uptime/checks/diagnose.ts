import type { Resolved, Tcp } from './dns.ts'
import { isPublicHost } from './guard.ts'
import type { CheckError } from './spec.ts'

/** Ways out of here. `egress` refuses what must not be reached; `resolve` asks the configured resolver. */
export type Network = {
  egress: {
    fetch: (url: string, init: RequestInit) => Promise<Response>
    connect: (
      address: { hostname: string; port: number },
      options?: { secureTransport?: 'on' | 'off' | 'starttls'; allowHalfOpen: boolean },
    ) => Tcp
  }
  resolve(name: string): Promise<Resolved>
  privateAllowed: boolean
}

const CONNECT_MS = 1500
const ANSWER_MS = 1500

/**
 * Names why a fetch failed, which the runtime does not say: it has one sentence for refused, reset and garbage, and one for names
 * and TLS (measured). So it is tried again in steps: connect, then the name, then TLS. `network` when nothing explains it.
 */
export async function diagnose(url: URL, cause: unknown, net: Network): Promise<CheckError> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const plain = await opens(net, hostname, port, 'off')
  if (plain === 'opened') {
    if (url.protocol !== 'https:') return 'network'
    return (await opens(net, hostname, port, 'on')) === 'opened' ? 'network' : 'tls'
  }
  const isAddress = /^[\d.]+$|:/.test(hostname)
  // said only after a name was resolved: names of this machine (/etc/hosts) are unknown to the resolver
  const resolved = isAddress || /connection lost|reset|refused/i.test(String((cause as Error)?.message ?? cause))
  if (!resolved) {
    const addresses = await Promise.race([net.resolve(hostname), new Promise<null>((done) => setTimeout(done, ANSWER_MS, null))])
    if (addresses?.length === 0) return 'dns'
    if (addresses && !net.privateAllowed && !addresses.some(isPublicHost)) return 'blocked'
  }
  return plain === 'refused' ? 'refused' : 'unreachable'
}

/** A refusal is immediate; silence is a route that leads nowhere. */
async function opens(
  net: Network,
  hostname: string,
  port: number,
  secureTransport: 'on' | 'off',
): Promise<'opened' | 'refused' | 'silence'> {
  let socket: Tcp | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    socket = net.egress.connect({ hostname, port }, { secureTransport, allowHalfOpen: false })
    const silence = new Promise<'silence'>((done) => {
      timer = setTimeout(done, CONNECT_MS, 'silence')
    })
    return await Promise.race([socket.opened.then(() => 'opened' as const), silence])
  } catch {
    return 'refused'
  } finally {
    clearTimeout(timer)
    socket?.close().catch(() => {})
  }
}
