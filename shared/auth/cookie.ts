/** How a session travels: `<token>.<HMAC-SHA-256, base64>`, host-only, HttpOnly, SameSite=Lax; `__Host-` when https. */
export type Cookies = { name: string; secure: boolean }

/** Cookies know no ports, so on one machine each port gets a name of its own. */
export function cookiesOf(tocsinUrl: string): Cookies {
  const { protocol, port } = new URL(tocsinUrl)
  const secure = protocol === 'https:'
  return { name: secure ? '__Host-tocsin' : `tocsin_${port || '80'}`, secure }
}

/**
 * The session token inside a Cookie header, or null when there is none or its signature is not ours: a forged one is refused
 * without a look-up. Reads what better-auth writes (better-call's signed cookies), which costs a third of asking better-auth.
 */
export async function sessionToken(header: string | undefined, { name }: Cookies, secret: string): Promise<string | null> {
  const value = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1)
  if (!value) return null
  try {
    const signed = decodeURIComponent(value)
    const dot = signed.lastIndexOf('.')
    if (dot < 1) return null
    const token = signed.slice(0, dot)
    const signature = Uint8Array.from(atob(signed.slice(dot + 1)), (c) => c.charCodeAt(0))
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify'])
    return (await crypto.subtle.verify('HMAC', key, signature, new TextEncoder().encode(token))) ? token : null
  } catch {
    return null // not percent-encoded or not base64: nobody we know wrote it
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** True when a browser's page of ours sent this: the origin of TOCSIN_URL, under any of its names when it is this machine. */
export function isOurOrigin(origin: string, tocsinUrl: string): boolean {
  const ours = new URL(tocsinUrl)
  if (origin === ours.origin) return true
  if (!LOOPBACK.includes(ours.hostname)) return false
  try {
    const theirs = new URL(origin)
    return LOOPBACK.includes(theirs.hostname) && theirs.protocol === ours.protocol && theirs.port === ours.port
  } catch {
    return false
  }
}
