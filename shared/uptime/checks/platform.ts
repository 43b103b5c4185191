import type { CheckError } from './spec.ts'

/** Statuses that Cloudflare answers with a body of its own when a Worker's fetch reaches no origin: not the target's answer. */
const transport: Record<number, CheckError> = {
  520: 'network',
  521: 'refused',
  522: 'timeout',
  523: 'unreachable',
  524: 'timeout',
  525: 'tls',
  526: 'tls',
  527: 'network',
  530: 'network',
}
/** 530 carries the reason in its body: 1016 is a name without an address, 1000 to 1004 an address that must not be asked. */
const named: Record<number, CheckError> = {
  1000: 'blocked',
  1001: 'dns',
  1002: 'blocked',
  1003: 'blocked',
  1004: 'blocked',
  1016: 'dns',
  1018: 'dns',
}

/** The failure that the platform reports in the shape of an answer, or null when the target itself answered. WIRE "Uptime". */
export function transportFailure(response: { status: number; headers: Headers }, body: Uint8Array): CheckError | null {
  const error = transport[response.status]
  if (!error || body.byteLength > 64 || response.headers.get('server')?.toLowerCase() !== 'cloudflare') return null
  const code = /^error code: (\d{3,4})\s*$/.exec(new TextDecoder().decode(body))?.[1]
  if (!code) return null
  return named[Number(code)] ?? error
}
