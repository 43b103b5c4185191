import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, type Program, parseJson, type Value } from '../shared/logs/vrl/index.ts'
import type { Bench, Figure } from './bench.ts'

const EVENTS = Number(process.env.EVENTS ?? 50_000)
const ROUNDS = 5
/** What the `vrl` command line tool does per second with the reference program, NDJSON in and out; measured anew when VRL_BIN names it. */
const NATIVE = 79_000

/** Access logs: JSON in the message, a request line in the JSON. */
const reference = `. = merge!(., parse_json!(.message))
.level = upcase(string!(.level))
del(.message)
.status = to_int(.status) ?? 0
. = merge!(., parse_regex!(.request, r'^(?P<method>[A-Z]+) (?P<path>[^ ?]+)(?:\\?(?P<query>[^ ]*))? HTTP/(?P<version>[0-9.]+)$'))
if .status >= 500 {
  .severity = "error"
} else if .status >= 400 {
  .severity = "warning"
} else {
  .severity = "info"
}
`

const redaction = `.message = redact(string!(.message), filters: [r'(?i)bearer [\\w.-]+', r'\\b\\d{4} \\d{4} \\d{4} \\d{4}\\b', r'[\\w.]+@[\\w.]+'])
del(.password)
.ip = ip_subnet!(.ip, "/24")
`

const grok = `. |= parse_grok!(.message, "%{IPORHOST:client} %{USER:ident} %{USER:user} \\\\[%{HTTPDATE:at}\\\\] \\"%{WORD:method} %{NOTSPACE:path} HTTP/%{NUMBER:version}\\" %{INT:status} %{INT:bytes}")
.status = to_int!(.status)
del(.message)
`

const accessLog = (i: number): string =>
  JSON.stringify({
    host: `web-${i % 40}.example.com`,
    source: 'nginx',
    region: 'eu-west-1',
    container: `web-${i % 97}`,
    dt: new Date(1_760_000_000_000 + i * 7).toISOString(),
    message: JSON.stringify({
      level: ['info', 'warn', 'error'][i % 3],
      status: String([200, 200, 301, 404, 502][i % 5]),
      request: `GET /api/v2/items/${i}?page=${i % 9} HTTP/1.1`,
      duration_ms: (i % 997) / 4,
      user: { id: i % 5000, plan: 'team' },
    }),
  })

const secret = (i: number): string =>
  JSON.stringify({
    message: `user ada.${i}@mail.example paid with 4111 1111 1111 ${1000 + (i % 9000)}, authorization: Bearer abc.${i}.xyz`,
    password: 'hunter2',
    ip: `203.0.113.${i % 256}`,
  })

const request = (i: number): string =>
  JSON.stringify({ message: `203.0.113.${i % 256} - ada [05/May/2026:12:00:00 +0200] "GET /items/${i} HTTP/1.1" ${200 + (i % 5)} ${i}` })

/** Events per second of programs, in Node, one core: text in, text out; and the program alone, on events that are parsed. */
export const bench: Bench = {
  name: 'vrl',
  async run() {
    const lines = Array.from({ length: EVENTS }, (_, i) => accessLog(i))
    const native = nativeRate(lines) ?? NATIVE
    const inOut = (metric: string, source: string, from: string[], baseline?: number): Figure =>
      perSecond(metric, throughput(program(source), from), baseline)
    return [
      inOut('reference program, NDJSON in and out', reference, lines, native),
      perSecond('reference program alone', alone(program(reference), lines)),
      inOut(
        'redaction, NDJSON in and out',
        redaction,
        Array.from({ length: EVENTS }, (_, i) => secret(i)),
      ),
      inOut(
        'grok, NDJSON in and out',
        grok,
        Array.from({ length: EVENTS }, (_, i) => request(i)),
      ),
      ...representations(lines),
    ]
  },
}

const perSecond = (metric: string, value: number, baseline?: number): Figure => ({
  metric,
  value,
  unit: 'events/s',
  baseline,
  ratio: baseline && value / baseline,
})

function program(source: string): Program {
  const compiled = compile(source)
  if ('diagnostics' in compiled) throw new Error(JSON.stringify(compiled.diagnostics))
  return compiled.program
}

function throughput(p: Program, lines: readonly string[]): number {
  return best(lines.length, () => {
    let bytes = 0
    for (const line of lines) bytes += JSON.stringify(leftBy(p, parseJson(line))).length
    return bytes
  })
}

function alone(p: Program, lines: readonly string[]): number {
  const events = lines.map((line) => parseJson(line))
  return best(lines.length, () => {
    for (const event of events) leftBy(p, event)
    return events.length
  })
}

function leftBy(p: Program, event: Value): Value {
  const outcome = p.run(event, { at: 1_760_000_000_000 })
  if (!('ok' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.event
}

/** Items per second of CPU, the best of some rounds: the machine may be shared. */
function best(items: number, work: () => number): number {
  let rate = 0
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.cpuUsage()
    if (work() <= 0) throw new Error('did nothing')
    const { user, system } = process.cpuUsage(from)
    rate = Math.max(rate, (items / (user + system)) * 1e6)
  }
  return rate
}

function nativeRate(lines: readonly string[]): number | undefined {
  if (!process.env.VRL_BIN) return undefined
  const dir = mkdtempSync(join(tmpdir(), 'vrl-bench-'))
  writeFileSync(join(dir, 'program.vrl'), reference)
  writeFileSync(join(dir, 'events.ndjson'), lines.join('\n'))
  const started = performance.now()
  const args = ['-o', '-p', join(dir, 'program.vrl'), '-i', join(dir, 'events.ndjson')]
  const { status } = spawnSync(process.env.VRL_BIN, args, { stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'] })
  const seconds = (performance.now() - started) / 1000
  rmSync(dir, { recursive: true })
  return status === 0 ? lines.length / seconds : undefined
}

class Tagged {
  readonly n: number
  constructor(n: number) {
    this.n = n
  }
}

/** What the forms a value could have cost per event: parse, read three fields, copy with one more. `ratio` is against the form chosen. */
function representations(lines: readonly string[]): Figure[] {
  const messages = lines.map((line) => String((JSON.parse(line) as { message: string }).message))
  const forms: Record<string, (text: string) => unknown> = {
    'form chosen: as JSON.parse gives it': (text) => JSON.parse(text),
    'every number tagged': (text) => JSON.parse(text, (_, v) => (typeof v === 'number' ? new Tagged(v) : v)),
    'every number tagged, by a walk': (text) => tagged(JSON.parse(text), (n) => new Tagged(n)),
    'integers as bigint, by a walk': (text) => tagged(JSON.parse(text), (n) => (Number.isInteger(n) ? BigInt(n) : n)),
    'null prototypes, by a walk': (text) => bare(JSON.parse(text)),
  }
  let chosen = 0
  return Object.entries(forms).map(([metric, form]) => {
    const value = 1e6 / best(messages.length, () => messages.reduce((sum, text) => sum + used(form(text) as Record<string, unknown>), 0))
    chosen ||= value
    return { metric, value, unit: 'µs/event', baseline: chosen, ratio: value / chosen }
  })
}

function used(event: Record<string, unknown>): number {
  const copy = Object.getPrototypeOf(event) === null ? Object.assign(Object.create(null), event) : { ...event }
  copy.severity = event.level
  return String(event.status).length + String(event.request).length + Object.keys(copy).length
}

const tagged = (v: unknown, of: (n: number) => unknown): unknown => {
  if (typeof v === 'number') return of(v)
  if (typeof v !== 'object' || v === null) return v
  const o = v as Record<string, unknown>
  for (const k in o) o[k] = tagged(o[k], of)
  return o
}

const bare = (v: unknown): unknown => {
  if (typeof v !== 'object' || v === null || Array.isArray(v)) return v
  const out = Object.create(null)
  for (const [k, x] of Object.entries(v)) out[k] = bare(x)
  return out
}
