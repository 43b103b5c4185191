import { fail } from '../value.ts'
import { intFault } from './coerce.ts'

/** An address as a number; `bits` is 32 or 128. */
export interface Ip {
  readonly bits: 32 | 128
  readonly n: bigint
}

export function parseIpv4(s: string): Ip | undefined {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(s)
  if (!m) return undefined
  let n = 0n
  for (const part of m.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return undefined
    n = (n << 8n) | BigInt(part)
  }
  return { bits: 32, n }
}

export function parseIpv6(s: string): Ip | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(s)
  let source = s
  if (dotted) {
    const v4 = parseIpv4(dotted[2]!)
    if (!v4) return undefined
    source = `${dotted[1]}${(v4.n >> 16n).toString(16)}:${(v4.n & 0xffffn).toString(16)}`
  }
  const halves = source.split('::')
  if (halves.length > 2) return undefined
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':'))
  const [head, tail] = [groups(halves[0]!), groups(halves[1] ?? '')]
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  let n = 0n
  for (const g of [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill('0'), ...tail]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(g)) return undefined
    n = (n << 16n) | BigInt(`0x${g}`)
  }
  return { bits: 128, n }
}

export const parseIp = (s: string): Ip | undefined => parseIpv4(s) ?? parseIpv6(s)
export const ipOrFail = (s: string, what = 'IP address'): Ip => parseIp(s) ?? fail(`unable to parse ${what}: invalid IP address syntax`)

const isMapped = (ip: Ip): boolean => ip.bits === 128 && ip.n >> 32n === 0xffffn

/** RFC 5952, with IPv4-mapped addresses in dotted form. */
export function ipText(ip: Ip): string {
  if (ip.bits === 32) return [24n, 16n, 8n, 0n].map((s) => ((ip.n >> s) & 255n).toString()).join('.')
  if (isMapped(ip)) return `::ffff:${ipText({ bits: 32, n: ip.n & 0xffffffffn })}`
  const groups = Array.from({ length: 8 }, (_, i) => ((ip.n >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (groups[at + length] === '0') length++
    if (length > best.length) best = { at, length }
  }
  if (best.at < 0) return groups.join(':')
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`
}

/** IPv4 inside IPv6: mapped (`::ffff:a.b.c.d`) or compatible (`::a.b.c.d`). */
export const embeddedIpv4 = (ip: Ip): Ip | undefined =>
  isMapped(ip) || (ip.bits === 128 && ip.n >> 32n === 0n) ? { bits: 32, n: ip.n & 0xffffffffn } : undefined

export const ipBytes = (ip: Ip): Uint8Array => {
  const length = ip.bits / 8
  return Uint8Array.from({ length }, (_, i) => Number((ip.n >> BigInt(8 * (length - 1 - i))) & 255n))
}
export const ipFromBytes = (b: Uint8Array): Ip => ({ bits: b.length === 4 ? 32 : 128, n: b.reduce((n, x) => (n << 8n) | BigInt(x), 0n) })

const ones = (bits: number, prefix: number): bigint => ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix)

/** A block of addresses, or what is wrong with its text. No bit of the host part may be set. */
export function cidrOf(cidr: string): { contains: (ip: Ip) => boolean } | { wrong: string } {
  const slash = cidr.indexOf('/')
  const address = parseIp(slash < 0 ? cidr : cidr.slice(0, slash))
  if (!address) return { wrong: "couldn't parse address in network: invalid IP address syntax" }
  const { bits, n } = address
  const length = slash < 0 ? String(bits) : cidr.slice(slash + 1)
  const fault = intFault(length)
  if (fault || length.startsWith('-')) return { wrong: `couldn't parse length in network: ${fault ?? 'invalid digit found in string'}` }
  if (Number(length) > 255) return { wrong: "couldn't parse length in network: number too large to fit in target type" }
  if (Number(length) > bits) {
    const family = bits === 32 ? 'Ipv4' : 'Ipv6'
    return { wrong: `invalid length for network: Network length ${Number(length)} is too long for ${family} (maximum: ${bits})` }
  }
  const mask = ones(bits, Number(length))
  if ((n & mask) !== n) return { wrong: 'host part of address was not zero' }
  return { contains: (ip) => ip.bits === bits && (ip.n & mask) === n }
}

/** Whether a CIDR block has an address; families never meet. */
export function cidrContains(cidr: string, ip: Ip): boolean {
  const block = cidrOf(cidr)
  return 'wrong' in block ? fail(`unable to parse CIDR: ${block.wrong}`) : block.contains(ip)
}

export function subnetOf(ip: Ip, subnet: string): Ip {
  if (subnet.startsWith('/')) {
    const prefix = /^\/(\d{1,3})$/.exec(subnet) ?? fail(`${subnet} is not a valid subnet`)
    if (Number(prefix[1]) > ip.bits) return fail(`subnet cannot be greater than ${ip.bits} for ipv${ip.bits === 32 ? 4 : 6} addresses`)
    return { bits: ip.bits, n: ip.n & ones(ip.bits, Number(prefix[1])) }
  }
  const mask = ipOrFail(subnet, 'mask')
  return mask.bits === ip.bits
    ? { bits: ip.bits, n: ip.n & mask.n }
    : fail(`attempting to mask an ipv${ip.bits === 32 ? 4 : 6} address with an ipv${mask.bits === 32 ? 4 : 6} mask`)
}
