import { fail } from '../value.ts'
import { toBase64 } from './base64.ts'
import { sha1Hash } from './hashes.ts'
import { type Ip, ipBytes } from './ip.ts'

export interface Flow {
  readonly source: Ip
  readonly destination: Ip
  readonly protocol: number
  readonly sourcePort?: number
  readonly destinationPort?: number
}

/** ICMP and ICMPv6 types that answer each other (Community ID spec, table of counterparts). */
const counterparts: Record<number, Record<number, number>> = {
  1: { 8: 0, 0: 8, 13: 14, 14: 13, 15: 16, 16: 15, 10: 9, 9: 10, 17: 18, 18: 17 },
  58: { 128: 129, 129: 128, 133: 134, 134: 133, 135: 136, 136: 135, 130: 131, 131: 130, 144: 145, 145: 144 },
}
const withPorts = new Set([1, 6, 17, 58, 132])

export function communityId(flow: Flow, seed: number): string {
  const { protocol } = flow
  if (flow.source.bits !== flow.destination.bits) return fail('src ip and dst ip should be same version!')
  let [source, destination] = [flow.source, flow.destination]
  let [from, to] = [flow.sourcePort, flow.destinationPort]
  const hasPorts = withPorts.has(protocol)
  if (hasPorts && (from === undefined || to === undefined)) return fail('src port and dst port should be set when protocol is tcp/udp/sctp')
  const isIcmp = protocol === 1 || protocol === 58
  let oneWay = false
  if (isIcmp) {
    const answer = counterparts[protocol]![from!]
    if (answer === undefined) oneWay = true
    else to = answer
  }
  const swap = !oneWay && (source.n > destination.n || (source.n === destination.n && (from ?? 0) > (to ?? 0)))
  if (swap) {
    ;[source, destination] = [destination, source]
    ;[from, to] = [to, from]
  }
  const parts = [seed >> 8, seed & 255, ...ipBytes(source), ...ipBytes(destination), protocol, 0]
  if (hasPorts) parts.push(from! >> 8, from! & 255, to! >> 8, to! & 255)
  return `1:${toBase64(sha1Hash(Uint8Array.from(parts)))}`
}
