import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { compile, type Diagnostic, encodeJson, type Outcome, parseJson, render, type Value } from '../../shared/logs/vrl/index.ts'
import { personDescriptors } from '../../shared/logs/vrl/testing.ts'
import { Failure, fieldNames, fields, isObject } from '../../shared/logs/vrl/value.ts'

/** One thing that differs from the reference. */
export interface Difference {
  readonly file: string
  readonly what: string
  readonly why: string
}

interface Count {
  passed: number
  failed: number
  skipped: number
}

export interface Report extends Count {
  readonly values: Count
  readonly diagnostics: Count
  readonly examples: Count
  readonly failures: Difference[]
}

/** Runs every program under `dir/tests` and every example under `dir/functions`. */
export async function runVrl(dir: string, opts: { failures: boolean }): Promise<Report> {
  const report: Report = { passed: 0, failed: 0, skipped: 0, values: count(), diagnostics: count(), examples: count(), failures: [] }
  const note = (to: Count, file: string, what: string, why: string | null | undefined): void => {
    const outcome = why === undefined ? 'skipped' : why === null ? 'passed' : 'failed'
    to[outcome]++
    report[outcome]++
    if (typeof why === 'string' && opts.failures) report.failures.push({ file, what, why })
  }
  for (const file of programFiles(join(dir, 'tests'))) {
    const program = readProgram(readFileSync(file, 'utf8'))
    const isDiagnostic = /(?:error|warning)\[E\d+\]/.test(program.expected)
    note(
      isDiagnostic ? report.diagnostics : report.values,
      relative(dir, file),
      isDiagnostic ? 'diagnostic' : 'value',
      attempt(() => checkProgram(program)),
    )
  }
  const functions = join(dir, 'functions')
  for (const file of existsSync(functions) ? readdirSync(functions).sort() : []) {
    const reference = JSON.parse(readFileSync(join(functions, file), 'utf8')) as Reference
    for (const example of reference.examples ?? []) {
      const skip = atHome.get(reference.name)?.test(example.source) ?? false
      note(report.examples, join('functions', file), example.source, skip ? undefined : attempt(() => checkExample(example)))
    }
  }
  return report
}

const count = (): Count => ({ passed: 0, failed: 0, skipped: 0 })

/** Examples whose result depends on the network, on chance, on the clock or on the machine they were made on. */
const atHome = new Map([
  ['dns_lookup', /./],
  ['reverse_dns', /./],
  ['http_request', /./],
  ['get_hostname', /./],
  ['random_bytes', /encode_base64/],
  ['uuid_v4', /./],
  ['uuid_v7', /./],
])

interface Reference {
  readonly name: string
  readonly examples?: readonly Example[]
}

interface Example {
  readonly source: string
  readonly input?: unknown
  readonly return?: unknown
  readonly raises?: string
}

interface TestProgram {
  readonly source: string
  readonly event: string
  readonly expected: string
  /** The expectation is a list of lines that must appear. */
  readonly partial: boolean
  readonly warnings: boolean
  readonly readOnly: { prefix: '.' | '%'; path: string[]; recursive: boolean }[]
}

/** A test program: what it runs on and what it expects in comments at the top, the program below. */
function readProgram(content: string): TestProgram {
  const sections: Record<string, string[]> = { object: [], result: [] }
  const readOnly: TestProgram['readOnly'] = []
  let section = ''
  let partial = false
  let warnings = false
  const lines = content.split('\n')
  let at = 0
  for (; at < lines.length && lines[at]!.startsWith('#'); at++) {
    const line = lines[at]!.replace(/^# ?/, '')
    const head = /^(object|result|read_only|read_only_recursive|read_only_metadata|read_only_metadata_recursive):(.*)$/.exec(line)
    if (/^DIAGNOSTICS/.test(line)) warnings = true
    else if (head?.[1]?.startsWith('read_only')) {
      readOnly.push({
        prefix: head[1].includes('metadata') ? '%' : '.',
        path: head[2]!.trim().split('.').filter(Boolean),
        recursive: head[1].endsWith('recursive'),
      })
    } else if (head) {
      section = head[1]!
      const rest = head[2]!.trim()
      if (rest.startsWith('~')) partial = true
      sections[section]!.push(rest.replace(/^~/, ''))
    } else if (section !== '') sections[section]!.push(line)
  }
  return {
    source: lines.slice(at).join('\n'),
    event: sections.object!.join('\n').trim(),
    expected: sections.result!.join('\n').trim(),
    partial,
    warnings,
    readOnly,
  }
}

const clock = Date.UTC(2026, 4, 5, 12)

function checkProgram(p: TestProgram): string | null {
  const compiled = compile(p.source, { readOnly: p.readOnly, files })
  const diagnosticExpected = /(?:error|warning)\[E\d+\]/.test(p.expected)
  if (p.partial) {
    const text = 'diagnostics' in compiled ? render(p.source, compiled.diagnostics) : resultText(run(compiled.program, p.event))
    const missing = p.expected
      .split('\n')
      .map((l) => l.trim())
      .find((l) => l !== '' && !text.includes(l))
    return missing === undefined ? null : `missing ${JSON.stringify(missing)} in:\n${text}`
  }
  if ('diagnostics' in compiled) {
    return diagnosticExpected ? compareDiagnostics(p, compiled.diagnostics) : `does not compile:\n${render(p.source, compiled.diagnostics)}`
  }
  if (diagnosticExpected) {
    return compiled.program.warnings.length > 0 || p.warnings ? compareDiagnostics(p, compiled.program.warnings) : 'compiles'
  }
  return compareText(resultText(run(compiled.program, p.event)), p.expected)
}

const run = (program: Extract<ReturnType<typeof compile>, { program: unknown }>['program'], event: string): Outcome =>
  program.run(event === '' ? {} : parseJson(event), { at: clock, random: Math.random })

function resultText(outcome: Outcome): string {
  if ('ok' in outcome) return encodeJson(outcome.ok)
  if ('error' in outcome) return outcome.error
  return encodeJson(outcome.left)
}

/** Code, message and place of each; `VRL_RENDER=1` compares the printed text too. */
function compareDiagnostics(p: TestProgram, got: readonly Diagnostic[]): string | null {
  const text = render(p.source, got)
  const expected = summary(p.expected)
  const found = summary(text)
  if (expected !== found) return `expected ${expected}\ngot ${found}\n${text}`
  if (process.env.VRL_RENDER !== '1') return null
  const trim = (s: string): string => s.trim().replace(/^\s+$/gm, '')
  return trim(text) === trim(p.expected) ? null : `printed otherwise:\n${text}\ninstead of\n${p.expected}`
}

const summary = (text: string): string =>
  [...text.matchAll(/^((?:error|warning)\[E\d+\]: .*)\n(?:\s*┌─ (:\d+:\d+))?/gm)].map((m) => `${m[1]} at ${m[2] ?? '-'}`).join('; ')

function checkExample(example: Example): string | null {
  const compiled = compile(example.source, { files })
  if ('diagnostics' in compiled) {
    const text = render(example.source, compiled.diagnostics)
    return example.raises !== undefined && text.includes(example.raises) ? null : `does not compile:\n${text}`
  }
  const event = example.input === undefined ? {} : (parseJson(JSON.stringify(example.input)) as Value)
  const outcome = compiled.program.run(event, { at: clock, random: Math.random })
  if (example.raises !== undefined) {
    const text = resultText(outcome)
    return text === example.raises ? null : `raises ${text}\ninstead of ${example.raises}`
  }
  if (!('ok' in outcome)) return `fails: ${resultText(outcome)}`
  const got = encodeJson(outcome.ok)
  const wanted = [example.return, literalOf(example.return)]
    .filter((w) => w !== undefined)
    .map((w) => encodeJson(parseJson(JSON.stringify(w))))
  return wanted.some((w) => sameJson(got, w)) ? null : `gives ${got}\ninstead of ${wanted.join(' or ')}`
}

/** The reference writes some results as VRL literals in text: `s'true'`, `t'…'`. */
function literalOf(v: unknown): unknown {
  const m = typeof v === 'string' ? /^([st])'([\s\S]*)'$/.exec(v) : null
  return m ? m[2] : undefined
}

function compareText(got: string, expected: string): string | null {
  if (got === expected || sameJson(got, expected)) return null
  const literal = /^t'([^']*)'$/.exec(expected)
  if (literal && got === JSON.stringify(literal[1])) return null
  if (JSON.stringify(expected) === got || got === expected.replace(/^"|"$/g, '')) return null
  return `gives ${got}\ninstead of ${expected}`
}

/** Equal as JSON; 1 and 1.0 are. */
function sameJson(a: string, b: string): boolean {
  try {
    return JSON.stringify(sorted(JSON.parse(a))) === JSON.stringify(sorted(JSON.parse(b)))
  } catch {
    return false
  }
}

const sorted = (v: Value): Value =>
  Array.isArray(v) ? v.map(sorted) : isObject(v) ? fields(fieldNames(v).map((k) => [k, sorted(v[k]!)] as const)) : v

function attempt(check: () => string | null): string | null {
  try {
    return check()
  } catch (e) {
    return `throws ${e instanceof Error ? e.stack : e instanceof Failure ? e.message : String(e)}`
  }
}

function programFiles(dir: string): string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name)
      return statSync(path).isDirectory() ? programFiles(path) : name.endsWith('.vrl') ? [path] : []
    })
}

/** Files the programs name; the ones that are binary or long are not part of the test data. */
const files: Record<string, string | Uint8Array> = {
  'tests/data/grok/aliases.json': '{ "PATTERN_A": "%{PATTERN_B}", "PATTERN_B": "username=%{USERNAME:username}" }',
  'lib/tests/tests/functions/custom_public_suffix_list.dat': 'customdev\n',
  'lib/tests/tests/functions/parse_groks_alias_source.json': '{\n  "PATTERN_A": "%{PATTERN_B}"\n}\n',
  'tests/data/protobuf/test_protobuf/v1/test_protobuf.desc': personDescriptors(),
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/').split('/').slice(-3).join('/'))) {
  const root = process.env.CONFORMANCE_DIR ?? new URL('../../../shared/conformance', import.meta.url).pathname
  const dir = existsSync(join(root, 'vrl')) ? join(root, 'vrl') : root
  const report = await runVrl(dir, { failures: true })
  const line = (name: string, c: Count): string =>
    `${name.padEnd(12)} ${c.passed} passed, ${c.failed} failed, ${c.skipped} skipped (${((100 * c.passed) / Math.max(1, c.passed + c.failed)).toFixed(1)} %)`
  for (const f of report.failures) console.log(`${f.file}: ${f.what}\n${f.why.replace(/^/gm, '    ')}\n`)
  console.log(
    [line('values', report.values), line('diagnostics', report.diagnostics), line('examples', report.examples), line('all', report)].join(
      '\n',
    ),
  )
}
