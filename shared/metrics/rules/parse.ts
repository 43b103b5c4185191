import { parse as parseYaml } from 'yaml'
import { type FieldError, Problem } from '../../problem.ts'
import { checkQuery } from '../alerts/check.ts'
import { type Json, list, object, text } from '../boards/json.ts'
import { parseDuration } from '../promql/text/duration.ts'
import { misunderstood } from '../templates/expand.ts'
import type { FileGroup, FileRule } from './schema.ts'

const GROUPS_MAX = 200
const RULES_MAX = 1000
const ERRORS_MAX = 50
export type Findings = { path: string; message: string }[]

/** YAML of somebody else's. Aliases are bounded by the library, depth by the stack, which is caught; both are `invalid`. */
export function readYaml(source: string, path: string): unknown {
  try {
    return parseYaml(source, { maxAliasCount: 50, merge: false, logLevel: 'error' })
  } catch (e) {
    const message = e instanceof Error && e.name === 'YAMLParseError' ? e.message.split('\n')[0]! : 'This is not YAML, or nests too deep.'
    throw new Problem('invalid', 'The YAML cannot be read. errors says where.', {
      errors: [{ path, code: 'yaml', message: message.slice(0, 300) }],
    })
  }
}

/**
 * The groups of a Prometheus rule file (`groups: [{name, interval, limit, query_offset, labels, rules}]`). All that is wrong is
 * told at once, by its path; nothing of a wrong file is taken. `findings` lists what is taken over in part.
 */
export function parseRuleFile(source: string, at = 'rules'): { groups: FileGroup[]; findings: Findings } {
  const errors: FieldError[] = []
  const findings: Findings = []
  const wrong = (path: string, message: string) => {
    if (errors.length < ERRORS_MAX) errors.push({ path: `${at}.${path}`, code: 'rule', message: message.slice(0, 300) })
  }
  const root = object(readYaml(source, at))
  if (!root) wrong('groups', 'A rule file begins with groups.')
  unknownKeys(root, ['groups', 'namespace'], '', wrong)
  const given = list(root?.groups)
  if (root && !Array.isArray(root.groups)) wrong('groups', 'groups is a list.')
  if (given.length > GROUPS_MAX) wrong('groups', `At most ${GROUPS_MAX} groups.`)
  let count = 0
  const names = new Set<string>()
  const groups = given.slice(0, GROUPS_MAX).map((g, i): FileGroup => {
    const path = `groups.${i}`
    const group = object(g) ?? {}
    unknownKeys(group, ['name', 'interval', 'limit', 'query_offset', 'labels', 'rules', 'partial_response_strategy'], path, wrong)
    if (group.partial_response_strategy !== undefined)
      findings.push({ path: `${path}.partial_response_strategy`, message: 'This is an option of Thanos; it changes nothing here.' })
    const name = text(group.name).trim()
    if (!name || name.length > 200) wrong(`${path}.name`, 'A group has a name of at most 200 characters.')
    if (names.has(name)) wrong(`${path}.name`, 'Another group of this file has this name.')
    names.add(name)
    const limit = group.limit ?? 0
    if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) wrong(`${path}.limit`, 'limit is a whole number.')
    const interval = durationOf(group.interval, `${path}.interval`, wrong)
    if (interval !== null && interval < 1000) wrong(`${path}.interval`, 'A group is evaluated every second at most.')
    const labels = labelsOf(group.labels, `${path}.labels`, wrong)
    const rules = list(group.rules).slice(0, RULES_MAX).flatMap((r, j) => {
      if (++count > RULES_MAX) return []
      const rule = ruleOf(r, `${path}.rules.${j}`, labels, wrong)
      return rule ? [rule] : []
    }) // biome-ignore format: one thought
    return {
      name,
      intervalMs: interval,
      limit: Number(limit) || 0,
      offsetMs: durationOf(group.query_offset, `${path}.query_offset`, wrong) ?? 0,
      labels,
      rules,
    }
  })
  if (count > RULES_MAX) wrong('groups', `At most ${RULES_MAX} rules.`)
  if (errors.length) throw new Problem('invalid', 'The rule file has errors; nothing of it was taken. errors lists them.', { errors })
  return { groups, findings }
}

type Wrong = (path: string, message: string) => void

function ruleOf(given: unknown, path: string, groupLabels: Record<string, string>, wrong: Wrong): FileRule | null {
  const rule = object(given)
  if (!rule) {
    wrong(path, 'A rule is a mapping with expr and either alert or record.')
    return null
  }
  unknownKeys(rule, ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'], path, wrong)
  const [record, alert] = [text(rule.record), text(rule.alert)]
  if (!record === !alert) wrong(path, 'A rule has either alert or record.')
  const expr = typeof rule.expr === 'number' ? String(rule.expr) : text(rule.expr).trim()
  const bad = expr ? checkQuery(expr) : { message: 'A rule needs an expr.' }
  if (bad) wrong(`${path}.expr`, bad.message)
  const labels = { ...groupLabels, ...labelsOf(rule.labels, `${path}.labels`, wrong) }
  if (record) {
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(record) || record.length > 200)
      wrong(`${path}.record`, 'A recorded name has letters, digits, underscores and colons.')
    for (const key of ['for', 'keep_firing_for', 'annotations'])
      if (rule[key] !== undefined) wrong(`${path}.${key}`, `A recording rule has no ${key}.`)
    return { kind: 'record', record, expr, labels }
  }
  if (alert.length > 200) wrong(`${path}.alert`, 'A name has at most 200 characters.')
  const annotations = labelsOf(rule.annotations, `${path}.annotations`, wrong, 10_000)
  for (const [kind, texts] of [
    ['annotations', annotations],
    ['labels', labels],
  ] as const)
    for (const [key, template] of Object.entries(texts)) {
      const why = misunderstood(template)
      if (why !== null) wrong(`${path}.${kind}.${key}`, `The template cannot be read: ${why}`)
    }
  return {
    kind: 'alert', alert, expr, labels, annotations,
    forMs: durationOf(rule.for, `${path}.for`, wrong) ?? 0,
    keepFiringForMs: durationOf(rule.keep_firing_for, `${path}.keep_firing_for`, wrong) ?? 0,
  } // biome-ignore format: one shape
}

export function durationOf(given: unknown, path: string, wrong: Wrong): number | null {
  if (given === undefined || given === null) return null
  const ms = given === 0 || given === '0' ? 0 : typeof given === 'string' ? parseDuration(given) : null
  if (ms === null || Number.isNaN(ms) || ms < 0) wrong(path, 'Write a duration such as 5m or 1h30m.')
  return ms
}

function labelsOf(given: unknown, path: string, wrong: Wrong, max = 2000): Record<string, string> {
  if (given === undefined || given === null) return {}
  const labels = object(given)
  if (!labels) {
    wrong(path, 'This is a mapping of names to texts.')
    return {}
  }
  const out: [string, string][] = []
  for (const [name, value] of Object.entries(labels).slice(0, 64)) {
    const said = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name === '__name__') wrong(`${path}.${name.slice(0, 60)}`, 'This is no name of a label.')
    else if (typeof said !== 'string' || said.length > max) wrong(`${path}.${name}`, `This is a text of at most ${max} characters.`)
    else out.push([name, said])
  }
  return Object.fromEntries(out)
}

function unknownKeys(given: Json | null, known: readonly string[], path: string, wrong: Wrong): void {
  for (const key of Object.keys(given ?? {}))
    if (!known.includes(key)) wrong([path, key.slice(0, 60)].filter(Boolean).join('.'), 'This key does not exist.')
}
