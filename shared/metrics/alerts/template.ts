import type { Sample } from './evaluate.ts'

/** Text with `{{ … }}` in it. */
export const isTemplate = (text: string): boolean => text.includes('{{')

type Value = string | number

/** Functions of a pipeline, by Prometheus' names; the piped value comes last. */
const functions: Record<string, (args: Value[]) => Value> = {
  humanize: ([v]) => scaled(number(v), 1000, ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'], ['', 'm', 'u', 'n', 'p', 'f', 'a', 'z', 'y']),
  humanize1024: ([v]) => scaled(number(v), 1024, ['', 'ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'], null),
  humanizePercentage: ([v]) => `${significant(number(v) * 100)}%`,
  humanizeDuration: ([v]) => durationText(number(v)),
  humanizeTimestamp: ([v]) => new Date(number(v) * 1000).toISOString(),
  toUpper: ([v]) => text(v).toUpperCase(),
  toLower: ([v]) => text(v).toLowerCase(),
  title: ([v]) => text(v).replace(/(^|\s)\S/g, (c) => c.toUpperCase()),
  stripPort: ([v]) => text(v).replace(/:\d+$/, ''),
  printf: ([format, ...rest]) => printf(text(format), rest),
  print: (args) => args.map(text).join(''),
}

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|`[^`]*`|\||\$value|\.Value|\$labels(?:\.\w+)?|\.Labels(?:\.\w+)?|-?\d+(?:\.\d+)?|[A-Za-z]\w*/gy

/**
 * Prometheus' templates of labels and annotations: `$labels.name`, `$value`, and pipelines of the functions above. What this
 * does not know (conditions, loops, queries) becomes the text Prometheus writes when a template fails.
 */
export function expand(template: string, facts: Sample): string {
  if (!isTemplate(template)) return template
  return template.replace(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/g, (_, inner: string) => {
    const value = pipeline(inner, facts)
    return value === null ? `<error expanding template: ${inner.slice(0, 80)} is not understood>` : text(value)
  })
}

/** The parts of a template this does not know; empty when all is well. */
export function misunderstood(template: string): string[] {
  const parts = [...template.matchAll(/\{\{-?\s*([\s\S]*?)\s*-?\}\}/g)].map((m) => m[1] ?? '')
  return parts.filter((inner) => pipeline(inner, { labels: {}, value: 0 }) === null)
}

function pipeline(source: string, facts: Sample): Value | null {
  const stages: string[][] = [[]]
  let end = 0
  for (const [token] of source.matchAll(TOKEN)) {
    end += token.length
    if (token === '|') stages.push([])
    else if (token.trim()) stages.at(-1)?.push(token)
  }
  if (end !== source.length) return null
  let piped: Value[] = []
  for (const stage of stages) {
    const value = stageOf(stage, piped, facts)
    if (value === null) return null
    piped = [value]
  }
  return piped[0] ?? null
}

function stageOf([head, ...rest]: string[], piped: Value[], facts: Sample): Value | null {
  if (head === undefined) return null
  const run = Object.hasOwn(functions, head) ? functions[head] : undefined
  if (!run) return rest.length || piped.length ? null : atom(head, facts)
  const args = rest.map((token) => atom(token, facts))
  return args.includes(null) || (!args.length && !piped.length) ? null : run([...(args as Value[]), ...piped])
}

function atom(token: string, { labels, value }: Sample): Value | null {
  if (token === '$value' || token === '.Value') return value
  const label = /^(?:\$labels|\.Labels)\.(\w+)$/.exec(token)?.[1]
  if (label) return Object.hasOwn(labels, label) ? (labels[label] as string) : ''
  if (/^["`]/.test(token)) return token[0] === '`' ? token.slice(1, -1) : unquoted(token)
  return /^-?\d/.test(token) ? Number(token) : null
}

const unquoted = (token: string): string => token.slice(1, -1).replace(/\\(["\\nt])/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c)
const number = (v: Value | undefined): number => (typeof v === 'number' ? v : Number(v))
const text = (v: Value | undefined): string => (typeof v === 'number' ? plainNumber(v) : (v ?? ''))

/** Go prints floats in their shortest form. */
const plainNumber = (v: number): string => (Number.isFinite(v) ? String(v).replace(/e([+-])(\d)$/, 'e$10$2') : Number.isNaN(v) ? 'NaN' : v > 0 ? '+Inf' : '-Inf') // biome-ignore format: one thought
/** Go's %.4g. */
const significant = (v: number): string => (Number.isFinite(v) ? String(Number(v.toPrecision(4))) : plainNumber(v))

function scaled(v: number, base: number, up: readonly string[], down: readonly string[] | null): string {
  if (v === 0 || !Number.isFinite(v)) return significant(v)
  let [size, at] = [v, 0]
  if (Math.abs(v) >= 1 || !down) {
    while (Math.abs(size) >= base && at < up.length - 1) [size, at] = [size / base, at + 1]
    return significant(size) + up[at]
  }
  while (Math.abs(size) < 1 && at < down.length - 1) [size, at] = [size * base, at + 1]
  return significant(size) + down[at]
}

function durationText(v: number): string {
  if (!Number.isFinite(v)) return significant(v)
  if (v === 0) return '0s'
  if (Math.abs(v) < 1) return `${scaled(v, 1000, [''], ['', 'm', 'u', 'n', 'p'])}s`
  const sign = v < 0 ? '-' : ''
  const whole = Math.abs(Math.trunc(v))
  const [d, h, m, s] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60]
  if (d) return `${sign}${d}d ${h}h ${m}m ${s}s`
  if (h) return `${sign}${h}h ${m}m ${s}s`
  return m ? `${sign}${m}m ${s}s` : `${significant(v)}s`
}

/** `%d %s %v %.2f %%`; width and flags are left out. */
function printf(format: string, args: Value[]): string {
  let i = 0
  return format.replace(/%(?:(%)|[+\- 0]*\d*(?:\.(\d{1,2}))?([dfsvgqt]))/g, (_, percent, digits, verb) => {
    if (percent) return '%'
    const value = args[i++]
    if (value === undefined) return `%!${verb}(MISSING)`
    if (verb === 'f') return number(value).toFixed(digits === undefined ? 6 : Number(digits))
    if (verb === 'g') return digits === undefined ? text(value) : String(Number(number(value).toPrecision(Number(digits) || 1)))
    if (verb === 'd') return String(Math.trunc(number(value)))
    return verb === 'q' ? JSON.stringify(text(value)) : text(value)
  })
}
