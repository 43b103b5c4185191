import { regions } from './checks/spec.ts'

// Plain words, apart from schema.ts: what objects need of an attribute, they get without a validation library at their start.

export const monitorTypes = ['status', 'expected_status_code', 'keyword', 'keyword_absence'] as const
export type MonitorType = (typeof monitorTypes)[number]
export const statuses = ['paused', 'pending', 'maintenance', 'up', 'validating', 'down'] as const
export type Status = (typeof statuses)[number]
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Better Stack's attributes that come in a later release: understood when they are off. */
export const later = [
  'ssl_expiration', 'domain_expiration', 'expiration_policy_id', 'port', 'remember_cookies', 'playwright_script', 'scenario_name',
  'environment_variables',
] as const // biome-ignore format: a table

/** WIRE "Uptime": what an attribute is when it is not given. */
export const defaults = {
  monitor_type: 'status' as MonitorType,
  check_frequency: 30,
  confirmation_period: 0,
  recovery_period: 180,
  request_timeout: 15,
  regions: [...regions],
  quorum: null,
  http_method: 'GET',
  request_headers: [],
  request_body: null,
  auth_username: null,
  auth_password: null,
  follow_redirects: true,
  expected_status_codes: [],
  required_keyword: null,
  maintenance_from: null,
  maintenance_to: null,
  maintenance_timezone: 'UTC',
  maintenance_days: [...weekdays],
  paused: false,
  policy_id: null,
  monitor_group_id: null,
  call: false,
  sms: false,
  email: true,
  push: false,
  critical_alert: false,
  team_wait: null,
}
