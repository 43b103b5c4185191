import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { display } from './display.ts'
import { compile, functions, parseJson, render } from './index.ts'
import * as kind from './kind.ts'

/** The reference's command line tool, `cargo install vrl --version 0.35.0`. */
const bin = process.env.VRL_BIN
if (!bin) console.log('VRL is not held against the reference: VRL_BIN does not name its command line tool.')

const dir = bin ? mkdtempSync(join(tmpdir(), 'vrl-')) : ''
afterAll(() => bin && rmSync(dir, { recursive: true }))

/** Repeatable: the seed is printed with what differs. */
const SEED = Number(process.env.VRL_SEED ?? 1)
const PROGRAMS = Number(process.env.VRL_PROGRAMS ?? 300)

test.skipIf(!bin)(
  'generated programs do what they do in the reference',
  () => {
    const differences: string[] = []
    for (let n = 0; n < PROGRAMS; n++) {
      const { program, event } = generated(SEED * 1_000_000 + n)
      const [here, there] = [ours(program, event), native(program, event)]
      if (here !== there) differences.push(`${program}\n  on ${event}\n  here  ${here}\n  there ${there}`)
    }
    expect(differences.join('\n\n')).toBe('')
  },
  600_000,
)

/** The value as source, a runtime error, or what the compiler says and where. */
function ours(program: string, event: string): string {
  const compiled = compile(program)
  if ('diagnostics' in compiled) return told(render(program, compiled.diagnostics))
  const outcome = compiled.program.run(parseJson(event), { at: Date.now(), random: Math.random })
  if ('ok' in outcome) return flattened(display(outcome.ok))
  return 'error' in outcome ? flattened(outcome.error) : (outcome.aborted ?? 'aborted')
}

function native(program: string, event: string): string {
  writeFileSync(join(dir, 'program.vrl'), program)
  writeFileSync(join(dir, 'event.json'), `${event}\n`)
  const { stdout, stderr } = spawnSync(bin!, ['-p', join(dir, 'program.vrl'), '-i', join(dir, 'event.json')], { encoding: 'utf8' })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the tool colours what it prints
  const text = (stdout + stderr).replace(/\x1b\[[0-9;]*m/g, '').trim()
  return /^(error|warning)\[/.test(text) ? told(text) : flattened(text)
}

/** Headlines and places; the words beside the carets list what a generated parser would have taken. */
const told = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /^(error|warning)\[|┌─/.test(line))
    .map((line) => line.trim())
    .join(' ')

/** The tool prints 1.0 as 1. */
const flattened = (text: string): string => text.trim().replace(/(\d)\.0(?!\d)/g, '$1')

type Random = (below: number) => number
const pick = <T>(r: Random, of: readonly T[]): T => of[r(of.length)]!

function generated(seed: number): { program: string; event: string } {
  let state = seed >>> 0
  const r: Random = (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
  const lines = Array.from({ length: 1 + r(4) }, () => statement(r, 3))
  return { program: [...lines, pick(r, ['.', '.a', 'x = 1', expression(r, 2)])].join('\n'), event: pick(r, events) }
}

const events = [
  '{}',
  '{"a": 1, "b": "text", "c": {"d": [1, 2.5, null]}}',
  '{"a": "5", "b": [1, "two"], "c": {"d": {"e": true}}}',
  '{"a": null, "b": "2021-02-03T04:05:06Z", "c": "a=1 b=2"}',
  '{"a": -3.5, "b": {"x y": "z"}, "c": []}',
]
const paths = ['.a', '.b', '.c', '.c.d', '.c.d[0]', '.b[1]', '.new', '.new.deep', '."x y"', '%m', '.b."x y"', '.c.d[-1]']
const literals = [
  '0', '1', '-7', '9223372036854775807', '2.5', '-0.5', '1.0', '""', '"text"', '"5"', '"é x"', 'true', 'false', 'null', '[]', '[1, "a", null]',
  '["a", "b"]', '{}', '{"k": 1, "l": {"m": "n"}}', "r'a+'", "r'(?P<w>\\w+)'", "t'2021-02-03T04:05:06.789Z'", '"a=1 b=2"', '"1,2,3"', '"10.0.0.1"',
] // biome-ignore format: a table

/** Whose outcome is decided by chance, the clock, the machine or files, or that only Vector has. */
const left =
  /^(random_|uuid_|now$|get_|dns|reverse_dns|http_|log$|find_enrichment|set_sec|remove_sec|set_sem|parse_proto|encode_proto|validate_json|parse_user|parse_etld|encode_zstd|encode_snappy|parse_grok|parse_syslog|parse_linux|parse_klog|parse_ruby|parse_cef|parse_influx|parse_yaml|parse_xml|parse_cbor|match_datadog|ip_version|crc$|encrypt|decrypt|decode_|encode_punycode|redact$|format_timestamp|parse_timestamp|parse_aws_cloudwatch)/
const callable = [...functions.values()].filter((f) => !left.test(f.name) && !f.closure)

function statement(r: Random, depth: number): string {
  switch (r(7)) {
    case 0:
      return `${pick(r, paths)} = ${expression(r, depth)}`
    case 1:
      return `x = ${expression(r, depth)}`
    case 2:
      return `x, err = ${expression(r, depth)}`
    case 3:
      return `if ${predicate(r, depth)} {\n  ${statement(r, depth - 1)}\n}${r(2) ? ` else {\n  ${statement(r, depth - 1)}\n}` : ''}`
    case 4:
      return `${pick(r, paths)} = ${call(r, depth)} ?? ${pick(r, literals)}`
    case 5:
      return `for_each(${pick(r, ['[1, 2]', '{"k": 1}', 'array!(.b)'])}) -> |_i, v| {\n  .seen = v\n  ${r(2) ? statement(r, depth - 1) : 'v'}\n}`
    default:
      return depth > 0 ? `del(${pick(r, paths.slice(0, 8))})` : '.z = 1'
  }
}

const predicate = (r: Random, depth: number): string =>
  pick(r, [
    () => `${operand(r, depth)} ${pick(r, ['==', '!='])} ${operand(r, depth)}`,
    () => `exists(${pick(r, paths)})`,
    () => `is_string(${operand(r, depth)})`,
    () => pick(r, ['true', 'false', '!true']),
  ])()

const operand = (r: Random, depth: number): string =>
  r(3) === 0 ? pick(r, paths) : r(2) || depth <= 0 ? pick(r, literals) : `(${expression(r, depth - 1)})`

function expression(r: Random, depth: number): string {
  if (depth <= 0) return operand(r, 0)
  switch (r(5)) {
    case 0:
      return `${operand(r, depth)} ${pick(r, ['+', '-', '*', '/', '==', '<', '>=', '&&', '||', '??'])} ${operand(r, depth)}`
    case 1:
    case 2:
      return call(r, depth)
    case 3:
      return pick(r, [`[${operand(r, depth - 1)}, ${operand(r, depth - 1)}]`, `{"k": ${operand(r, depth - 1)}}`, `!(${predicate(r, 0)})`])
    default:
      return operand(r, depth)
  }
}

/** A call with arguments that often are of the kind its parameters ask for. */
function call(r: Random, depth: number): string {
  const f = pick(r, callable)
  const args: string[] = []
  for (const p of f.parameters) {
    if (p.optional && r(3)) continue
    const known = p.values?.length && r(4) ? JSON.stringify(pick(r, p.values)) : undefined
    const value = known ?? (r(4) ? pick(r, fitting(p.kind)) : operand(r, depth - 1))
    args.push(p.optional || r(4) === 0 ? `${p.name}: ${value}` : value)
  }
  return `${f.name}${r(3) ? '!' : ''}(${args.join(', ')})`
}

/** Literals that a parameter of this kind takes; paths when none does. */
function fitting(wanted: kind.Kind): readonly string[] {
  const found = literals.filter((l) => {
    const compiled = compile(l)
    if (!('program' in compiled)) return false
    const outcome = compiled.program.run({}, { at: 0 })
    return 'ok' in outcome && kind.isSuperset(wanted, kind.ofValue(outcome.ok))
  })
  return found.length ? found : paths
}
