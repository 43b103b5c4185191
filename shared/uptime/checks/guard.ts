/**
 * Whether an address that a customer typed may be asked at all. Names are only judged by their text here: what they resolve to
 * is judged where the connection is made (`EGRESS` of the local runner; the platform's own network on Cloudflare).
 * The URL must be parsed first: parsing makes every notation of an IPv4 address (octal, hex, one number) four decimals.
 */
export function isAllowedTarget(url: URL, privateAllowed: boolean): boolean {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false
  return privateAllowed || isPublicHost(url.hostname)
}

/** False for private, loopback, link-local, metadata, documentation, multicast and reserved addresses, and for names of such. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.+$/, '')
  if (host.startsWith('[')) return isPublicV6(host.slice(1, -1))
  const v4 = parseV4(host)
  if (v4 !== null) return isPublicV4(v4)
  if (host.includes(':')) return isPublicV6(host)
  return host.includes('.') && !LOCAL_NAMES.test(host)
}

/** RFC 6761, 6762, 8375, 9476 and what clouds use; a single label is somebody's own network. */
const LOCAL_NAMES = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|alt|test|invalid|onion)$/

/** IANA special-purpose registry: network, prefix length. */
const V4_REFUSED = (
  [
    ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
    ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24],
    ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4], ['168.63.129.16', 32],
  ] as const
).map(([network, bits]) => [parseV4(network)! >>> (32 - bits), 32 - bits] as const) // biome-ignore format: a table

const isPublicV4 = (address: number): boolean => !V4_REFUSED.some(([network, shift]) => address >>> shift === network)

function parseV4(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  return parts?.every((n) => n < 256) ? ((parts[0]! << 24) | (parts[1]! << 16) | (parts[2]! << 8) | parts[3]!) >>> 0 : null
}

/**
 * Only global unicast (2000::/3) is public, without its special blocks; addresses that carry an IPv4 one (mapped, NAT64, 6to4)
 * are as public as that one.
 */
function isPublicV6(text: string): boolean {
  const groups = parseV6(text)
  if (!groups) return false
  const [a, b, c, d, e, f, g, h] = groups as [number, number, number, number, number, number, number, number]
  const low = ((g << 16) | h) >>> 0
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff) return isPublicV4(low)
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return isPublicV4(low)
  if (a === 0x2002) return isPublicV4(((b << 16) | c) >>> 0)
  if (a >>> 13 !== 1) return false
  if (a === 0x2001 && (b < 0x200 || b === 0xdb8)) return false
  return !(a === 0x3fff && b < 0x1000)
}

function parseV6(text: string): number[] | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text.split('%')[0]!)
  const tail = dotted && parseV4(dotted[2]!)
  if (dotted && tail === null) return null
  const plain = dotted ? `${dotted[1]}${(tail! >>> 16).toString(16)}:${(tail! & 0xffff).toString(16)}` : text.split('%')[0]!
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const groups = (half: string) => (half ? half.split(':') : [])
  const head = groups(halves[0]!)
  const rest = groups(halves[1] ?? '')
  const missing = 8 - head.length - rest.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const all = [...head, ...Array(halves.length === 1 ? 0 : missing).fill('0'), ...rest]
  return all.every((g) => /^[0-9a-f]{1,4}$/i.test(g)) ? all.map((g) => Number.parseInt(g, 16)) : null
}
