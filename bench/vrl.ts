import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, type Program, parseJson, type Value } from '../shared/logs/vrl/index.ts'
import type { Bench, Figure } from './bench.ts'
import { forms } from './vrl-forms.ts'
import { accessLog, programs, reference } from './vrl-programs.ts'
import { insideWorkerd } from './vrl-workerd.ts'

const EVENTS = Number(process.env.EVENTS ?? 50_000)
const ROUNDS = 5
/** What the `vrl` command line tool does per second with the reference program, NDJSON in and out; measured anew when VRL_BIN names it. */
const NATIVE = 79_000

/**
 * Events per second of programs on one core: text in, text out, in Node and inside workerd; the program alone, on events that are parsed; what
 * the compiler weighs and costs a cold start; and what other forms of values would cost.
 */
export const bench: Bench = {
  name: 'vrl',
  async run() {
    const lines = (of: (i: number) => string) => Array.from({ length: EVENTS }, (_, i) => of(i))
    const access = lines(accessLog)
    const native = nativeRate(access) ?? NATIVE
    const node = Object.entries(programs).map(([name, { program: source, line }]) =>
      perSecond(
        `${name}, NDJSON in and out, Node`,
        throughput(program(source), lines(line)),
        name === 'reference program' ? native : undefined,
      ),
    )
    return [
      ...node,
      perSecond('reference program alone, Node', alone(program(reference), access)),
      ...(await insideWorkerd(native)),
      ...forms(access, best),
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

/** Events per second of CPU of the tool that VRL_BIN names; its output is thrown away. */
function nativeRate(lines: readonly string[]): number | undefined {
  if (!process.env.VRL_BIN) return undefined
  const dir = mkdtempSync(join(tmpdir(), 'vrl-bench-'))
  writeFileSync(join(dir, 'program.vrl'), reference)
  writeFileSync(join(dir, 'events.ndjson'), lines.join('\n'))
  // the shell's `times`: its own on the first line, its children's on the second
  const command = '"$VRL_BIN" -o -p program.vrl -i events.ndjson > /dev/null && times'
  const { status, stdout } = spawnSync('sh', ['-c', command], { cwd: dir, encoding: 'utf8' })
  rmSync(dir, { recursive: true })
  const spent = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  )
  return status === 0 && spent > 0 ? lines.length / spent : undefined
}
