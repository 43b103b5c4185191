import * as kind from '../kind.ts'
import { type Fields, fail, float, integer, put, type Value } from '../value.ts'

/** The fields of VPC flow logs that are numbers. */
const numbers = new Set('bytes encryption_status end dstport packets protocol srcport start tcp_flags traffic_path version'.split(' '))
const vpcNames = new Set(
  [...numbers].concat(
    'account_id action az_id ecs_cluster_arn ecs_cluster_name ecs_container_id ecs_container_instance_arn ecs_container_instance_id ecs_second_container_id ecs_service_name ecs_task_arn ecs_task_definition_arn ecs_task_id dstaddr flow_direction instance_id interface_id interface_type log_status pkt_dst_aws_service pkt_dstaddr pkt_src_aws_service pkt_srcaddr region reject_reason resource_id srcaddr sublocation_id sublocation_type subnet_id type vpc_id'.split(
      ' ',
    ),
  ),
)
export const vpcDefault =
  'version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status'

export function parseVpcFlow(s: string, format: string): Fields {
  const names = format.split(' ')
  const values = s.trim().split(' ')
  const out: Fields = {}
  for (const [i, name] of names.entries()) {
    const v = values[i]
    if (!vpcNames.has(name)) return fail(`unknown key: \`${name}\``)
    if (v === undefined) return fail(`no item for key: \`${name}\``)
    if (v === '-') put(out, name, null)
    else if (numbers.has(name))
      put(out, name, /^-?\d+$/.test(v) ? integer(BigInt(v)) : fail(`failed to parse value as i64 (key: \`${name}\`): \`${v}\``))
    else put(out, name, v)
  }
  if (values.length > names.length) return fail(`no key for value: \`${values[names.length]}\``)
  return out
}

export const vpcKind = (format: string): kind.Kind =>
  kind.record(Object.fromEntries(format.split(' ').map((n) => [n, kind.orNull(numbers.has(n) ? kind.integer : kind.bytes)])))

type Cell = (s: string) => Value
const cellText: Cell = (s) => s
const dash: Cell = (s) => (s === '-' ? null : s)
const cellInt: Cell = (s) => (s === '-' ? null : /^-?\d+$/.test(s) ? integer(BigInt(s)) : fail(`failed to parse value: ${s}`))
const cellFloat: Cell = (s) => (/^-?\d+(\.\d+)?$/.test(s) ? float(Number(s)) : fail(`failed to parse value: ${s}`))

/** Columns of ALB access logs; the request is split further. */
const albColumns: readonly (readonly [string, Cell])[] = [
  ['type', cellText],
  ['timestamp', cellText],
  ['elb', cellText],
  ['client_host', cellText],
  ['target_host', dash],
  ['request_processing_time', cellFloat],
  ['target_processing_time', cellFloat],
  ['response_processing_time', cellFloat],
  ['elb_status_code', cellText],
  ['target_status_code', dash],
  ['received_bytes', cellInt],
  ['sent_bytes', cellInt],
  ['request', cellText],
  ['user_agent', cellText],
  ['ssl_cipher', dash],
  ['ssl_protocol', dash],
  ['target_group_arn', dash],
  ['trace_id', cellText],
  ['domain_name', dash],
  ['chosen_cert_arn', dash],
  ['matched_rule_priority', dash],
  ['request_creation_time', cellText],
  ['actions_executed', dash],
  ['redirect_url', dash],
  ['error_reason', dash],
  ['target_port_list', cellText],
  ['target_status_code_list', cellText],
  ['classification', dash],
  ['classification_reason', dash],
]

export function parseAlb(s: string): Fields {
  const cells = [...s.trim().matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2]!)
  if (cells.length < albColumns.length)
    return fail(`failed to get field \`${albColumns[cells.length]?.[0] ?? ''}\`: Parsing Error: ("", Char)`)
  const out: Fields = {}
  for (const [i, [name, read]] of albColumns.entries()) {
    const v = read(cells[i]!)
    if (name === 'request') {
      const [method = '', url = '', protocol = ''] = cells[i]!.split(' ')
      Object.assign(out, { request_method: method, request_url: url, request_protocol: protocol })
    } else if (name.endsWith('_list')) out[name] = cells[i] === '-' ? [] : cells[i]!.split(' ')
    else out[name] = v
  }
  if (cells[albColumns.length] !== undefined) out.traceability_id = cells[albColumns.length]
  return out
}
