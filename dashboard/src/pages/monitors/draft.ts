import { isZone } from '../../../../shared/time.ts'
import { majority } from '../../../../shared/uptime/regions.ts'
import type { Monitor, MonitorChange, Region } from '../../wire.ts'

/** The form of a monitor while it is filled in: text as it was typed. */
export type Draft = {
  url: string
  type: Monitor['monitor_type']
  name: string
  every: string
  regions: Region[]
  /** Empty: the majority. */
  quorum: string
  timeout: string
  policy: string
  group: string
  method: string
  user: string
  /** Empty: none, or the stored one stays. */
  password: string
  passwordSet: boolean
  /** `value: null`: the stored value stays. */
  headers: { key: number; name: string; value: string | null }[]
  body: string
  redirects: boolean
  codes: string
  keyword: string
  confirm: string
  recover: string
  window: boolean
  days: Monitor['maintenance_days']
  from: string
  to: string
  zone: string
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
export const bodyMethods: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** What a new monitor begins with (WIRE "Uptime"), or the stored one. */
export function draftOf(m: Monitor | null, zone: string): Draft {
  const all: Region[] = ['us', 'eu', 'as', 'au']
  const regions = m?.regions ?? all
  return {
    url: m?.url ?? '',
    type: m?.monitor_type ?? 'status',
    name: m?.name ?? '',
    every: String(m?.check_frequency ?? 30),
    regions,
    quorum: m && m.quorum !== majority(regions.length) ? String(m.quorum) : '',
    timeout: String(m?.request_timeout ?? 15),
    policy: m?.policy_id ?? '',
    group: m?.monitor_group_id ?? '',
    method: m?.http_method ?? 'GET',
    user: m?.auth_username ?? '',
    password: '',
    passwordSet: m?.auth_password_set ?? false,
    headers: (m?.request_headers ?? []).map(({ name }, key) => ({ key, name, value: null })),
    body: m?.request_body ?? '',
    redirects: m?.follow_redirects ?? true,
    codes: codesText(m?.expected_status_codes ?? []),
    keyword: m?.required_keyword ?? '',
    confirm: String(m?.confirmation_period ?? 0),
    recover: String(m?.recovery_period ?? 180),
    window: Boolean(m?.maintenance_from),
    days: m?.maintenance_from ? m.maintenance_days : ['tue'],
    from: m?.maintenance_from?.slice(0, 5) ?? '02:00',
    to: m?.maintenance_to?.slice(0, 5) ?? '03:00',
    zone: m?.maintenance_from ? m.maintenance_timezone : zone,
  }
}

/** A new monitor like another. Stored secrets are write-only, so they do not come along. */
export function cloneOf(m: Monitor, zone: string): Draft {
  const d = draftOf(m, zone)
  return { ...d, name: `${m.name}, copy`, headers: d.headers.map((h) => ({ ...h, value: '' })), passwordSet: false }
}

export type Errors = Partial<Record<keyof Draft, string>>

/** What is wrong, each with an example that passes. Empty when it can be sent. */
export function findings(d: Draft): Errors {
  const e: Errors = {}
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(d.url.trim())?.[1]
  const example = 'such as https://api.example.com'
  if (!d.url.trim()) e.url = `Write the address to watch, ${example}`
  else if (!/^https?:\/\//i.test(d.url.trim()))
    e.url =
      scheme && !/^localhost$|\./.test(scheme)
        ? `The address begins with ${scheme}. Begin with https:// or http://, ${example}`
        : `Begin with https:// or http://, ${example}`
  else if (!URL.canParse(d.url.trim())) e.url = `This is no address, ${example}`
  if (!d.regions.length) e.regions = 'Pick at least one region'
  const n = d.regions.length
  if (d.quorum && !between(d.quorum, 1, n)) e.quorum = `${d.quorum} of ${n} cannot happen. Pick 1 to ${n}, such as ${majority(n)}.`
  if (!between(d.every, 5, 86_400)) e.every = 'Seconds from 5 to 86400, such as 30'
  if (!between(d.timeout, 1, 60)) e.timeout = 'Seconds from 1 to 60, such as 15'
  if (!between(d.confirm, 0, 86_400)) e.confirm = 'Seconds from 0 to 86400, such as 0'
  if (!between(d.recover, 0, 86_400)) e.recover = 'Seconds from 0 to 86400, such as 180'
  if (d.type === 'expected_status_code' && codesOf(d.codes) === null) e.codes = 'Codes from 100 to 599 or ranges, such as 200, 204, 300-399'
  if (d.type === 'expected_status_code' && codesOf(d.codes)?.length === 0) e.codes = 'Name at least one code, such as 200'
  if ((d.type === 'keyword' || d.type === 'keyword_absence') && !d.keyword) e.keyword = 'Write the words to look for, such as ready'
  if (d.headers.some((h) => h.name && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(h.name)))
    e.headers = 'Header names have letters, digits and hyphens, such as x-api-key'
  else if (d.headers.some((h) => !h.name && h.value)) e.headers = 'A value needs its header’s name'
  if (d.body && !bodyMethods.includes(d.method)) e.body = `${d.method} sends no body. Choose POST, or empty this.`
  if (d.window) {
    if (!isClock(d.from)) e.from = 'A time of day, such as 02:00'
    if (!isClock(d.to)) e.to = 'A time of day, such as 03:00'
    else if (d.from === d.to) e.to = 'An end other than the beginning, such as 03:00'
    if (!d.days.length) e.days = 'Pick at least one day'
    if (!isZone(d.zone)) e.zone = 'A zone such as Europe/Paris or UTC'
  }
  return e
}

/** The whole monitor as the API takes it. Only for drafts without findings. */
export function inputOf(d: Draft): MonitorChange {
  const withCodes = d.type === 'expected_status_code'
  const withWords = d.type === 'keyword' || d.type === 'keyword_absence'
  return {
    url: d.url.trim(),
    monitor_type: d.type,
    ...(d.name.trim() ? { name: d.name.trim() } : {}),
    check_frequency: Number(d.every),
    regions: d.regions,
    quorum: d.quorum ? Number(d.quorum) : null,
    request_timeout: Number(d.timeout),
    policy_id: d.policy || null,
    monitor_group_id: d.group || null,
    http_method: d.method as (typeof METHODS)[number],
    auth_username: d.user || null,
    ...(d.password ? { auth_password: d.password } : d.user ? {} : { auth_password: null }),
    request_headers: d.headers.filter((h) => h.name).map(({ name, value }) => ({ name, value })),
    request_body: d.body || null,
    follow_redirects: d.redirects,
    expected_status_codes: withCodes ? (codesOf(d.codes) ?? []) : [],
    required_keyword: withWords ? d.keyword : null,
    confirmation_period: Number(d.confirm),
    recovery_period: Number(d.recover),
    maintenance_from: d.window ? d.from : null,
    maintenance_to: d.window ? d.to : null,
    ...(d.window ? { maintenance_timezone: d.zone, maintenance_days: d.days } : {}),
  }
}

/** Only what differs: an edit never writes back what somebody else changed meanwhile. */
export function changeOf(before: Draft, after: Draft): MonitorChange {
  const old = inputOf(before) as Record<string, unknown>
  return Object.fromEntries(Object.entries(inputOf(after)).filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(old[k])))
}

/** Which field of the form an attribute of the wire is shown in. */
export const fieldOf: Record<string, keyof Draft> = {
  url: 'url', monitor_type: 'type', name: 'name', pronounceable_name: 'name', check_frequency: 'every', regions: 'regions', quorum: 'quorum',
  request_timeout: 'timeout', policy_id: 'policy', monitor_group_id: 'group', http_method: 'method', auth_username: 'user',
  auth_password: 'password', request_headers: 'headers', request_body: 'body', follow_redirects: 'redirects', expected_status_codes: 'codes',
  required_keyword: 'keyword', confirmation_period: 'confirm', recovery_period: 'recover', maintenance_from: 'from', maintenance_to: 'to',
  maintenance_timezone: 'zone', maintenance_days: 'days',
} // biome-ignore format: a table

/** "200, 204, 300-302" → every code; null when a part is none. At most 500. */
export function codesOf(text: string): number[] | null {
  const codes = new Set<number>()
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, a, b] = /^(\d{3})(?:-(\d{3}))?$/.exec(part) ?? []
    const first = Number(a)
    const last = Number(b ?? a)
    if (!a || first < 100 || last > 599 || last < first) return null
    for (let c = first; c <= last; c++) codes.add(c)
  }
  return [...codes].sort((a, b) => a - b)
}

/** The inverse: neighbours become a range from three on. */
export function codesText(codes: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < codes.length; i++) {
    let j = i
    while (codes[j + 1] === codes[j]! + 1) j++
    if (j - i >= 2) {
      parts.push(`${codes[i]}-${codes[j]}`)
      i = j
    } else parts.push(String(codes[i]))
  }
  return parts.join(', ')
}

const between = (text: string, min: number, max: number): boolean => /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max
const isClock = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
