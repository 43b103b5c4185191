import { invalidArgument } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { communityId, type Flow } from '../lib/community-id.ts'
import { ipOrFail } from '../lib/ip.ts'
import { lateInt, lately, lateText } from '../lib/parameters.ts'
import { fail, type Int, isInteger, type Text, text, toNumber, type Value } from '../value.ts'

export const community_id = define({
  name: 'community_id',
  summary: 'The Community ID (version 1) of a network flow: the same in both directions.',
  parameters: [
    required('source_ip', kind.bytes),
    lately(required('destination_ip', kind.bytes)),
    lately(required('protocol', kind.integer)),
    lately(optional('source_port', kind.integer)),
    lately(optional('destination_port', kind.integer)),
    lately(optional('seed', kind.integer)),
  ],
  returns: kind.bytes,
  fails: true,
  prepare: (call) => {
    for (const [name, most] of Object.entries(bounds)) {
      const v = call.constant(name)
      if (v !== undefined && isInteger(v) && !isWithin(v, most)) invalidArgument(name, v, `"${name}" must be between 0 and ${most}`)
    }
    return undefined
  },
  run: (_, sourceIp: Text, destinationIp: Value, protocol: Value, sourcePort?: Value, destinationPort?: Value, seed: Value = 0) => {
    const flow: Flow = {
      source: ipOrFail(text(sourceIp), 'source IP address'),
      destination: ipOrFail(lateText(destinationIp), 'destination IP address'),
      protocol: inRange('protocol', protocol, 255),
      sourcePort: sourcePort === undefined ? undefined : inRange('source_port', sourcePort, 65535),
      destinationPort: destinationPort === undefined ? undefined : inRange('destination_port', destinationPort, 65535),
    }
    return communityId(flow, inRange('seed', seed, 65535))
  },
  example: { source: 'community_id!("10.0.0.1", "10.0.0.2", 6, 1000, 80)', result: '1:lWJQYXirSlmWE2qTFPykhczY8U4=' },
})

const inRange = (name: string, value: Value, most: number): number => {
  const v = lateInt(value)
  if (isWithin(v, most)) return toNumber(v)
  return fail(`${name.replace('_', ' ')} must be between 0 and ${most}: out of range integral type conversion attempted`)
}

const bounds = { protocol: 255, source_port: 65_535, destination_port: 65_535, seed: 65_535 }
const isWithin = (v: Int, most: number): boolean => toNumber(v) >= 0 && toNumber(v) <= most
