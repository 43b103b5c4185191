import type { Diagnostic, Label } from './diagnostics.ts'

/** Diagnostics as text, laid out as the reference's command line shows them. */
export const render = (source: string, diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map((d) => renderOne(source, d)).join('\n')

interface Place {
  /** From zero. */
  readonly line: number
  /** From zero, in characters. */
  readonly column: number
}

function renderOne(source: string, d: Diagnostic): string {
  const lines = source.split('\n')
  const placed = d.labels.map((l) => placeLabel(lines, l))
  const out = [`${d.severity}[E${String(d.code).padStart(3, '0')}]: ${d.message}`]
  const width = String(Math.max(1, ...placed.flatMap((l) => [l.from.line, l.to.line])) + 1).length
  const pad = ' '.repeat(width)
  const first = placed.find((l) => l.label.primary) ?? placed[0]
  if (first) {
    out.push(`${pad} ┌─ :${first.from.line + 1}:${first.from.column + 1}`, `${pad} │`)
    out.push(...snippet(lines, placed, width), `${pad} │`)
  }
  for (const note of d.notes) {
    const [head, ...more] = note.split('\n')
    out.push(`${pad} = ${head}`, ...more.map((l) => `${pad}   ${l}`))
  }
  return `${out.map((l) => l.trimEnd()).join('\n')}\n`
}

interface Placed {
  readonly label: Label
  readonly from: Place
  /** The last place that belongs to the label, plus one column. */
  readonly to: Place
}

function placeLabel(lines: readonly string[], label: Label): Placed {
  return { label, from: placeOf(lines, label.start), to: placeOf(lines, Math.max(label.end, label.start)) }
}

function placeOf(lines: readonly string[], at: number): Place {
  let rest = at
  for (const [line, text] of lines.entries()) {
    if (rest <= text.length) return { line, column: [...text.slice(0, rest)].length }
    rest -= text.length + 1
  }
  return { line: lines.length - 1, column: [...(lines[lines.length - 1] ?? '')].length }
}

const isMulti = (p: Placed): boolean => p.to.line > p.from.line

function snippet(lines: readonly string[], placed: readonly Placed[], width: number): string[] {
  const multi = placed.filter(isMulti)
  const single = placed.filter((p) => !isMulti(p))
  const shown = new Set<number>()
  for (const p of placed) for (const n of [p.from.line, p.to.line]) shown.add(n)
  for (const p of multi) for (let n = p.from.line; n <= Math.min(p.to.line, p.from.line + 2); n++) shown.add(n)
  for (const p of multi) for (let n = Math.max(p.from.line, p.to.line - 1); n <= p.to.line; n++) shown.add(n)
  const out: string[] = []
  let previous: number | undefined
  for (const n of [...shown].sort((a, b) => a - b)) {
    if (previous !== undefined && n === previous + 2) out.push(...sourceLine(lines, n - 1, [], multi, width))
    else if (previous !== undefined && n > previous + 2) out.push(`${' '.repeat(width)} · ${openBars(multi, n)}`)
    out.push(
      ...sourceLine(
        lines,
        n,
        single.filter((p) => p.from.line === n),
        multi,
        width,
      ),
    )
    previous = n
  }
  return out
}

const openBars = (multi: readonly Placed[], line: number): string =>
  multi.map((m) => (m.from.line < line && m.to.line >= line ? '│ ' : '  ')).join('')

function sourceLine(lines: readonly string[], n: number, single: readonly Placed[], multi: readonly Placed[], width: number): string[] {
  const text = (lines[n] ?? '').replaceAll('\t', '    ')
  const gutter = `${' '.repeat(width)} │ `
  const bars = openBars(multi, n)
  const out = [`${String(n + 1).padStart(width)} │ ${bars}${text}`]
  out.push(...underlines(single).map((l) => gutter + bars + l))
  for (const [k, m] of multi.entries()) if (m.from.line === n) out.push(gutter + opening(multi, k, n))
  for (const [k, m] of multi.entries()) if (m.to.line === n) out.push(gutter + closing(multi, k, n))
  return out
}

function opening(multi: readonly Placed[], k: number, line: number): string {
  const before = multi.slice(0, k).map((m) => (m.from.line <= line && m.to.line >= line ? '│ ' : '  '))
  const { from, label } = multi[k]!
  return `${before.join('')}╭${'─'.repeat(2 * (multi.length - k) - 1 + from.column)}${label.primary ? '^' : "'"}`
}

function closing(multi: readonly Placed[], k: number, line: number): string {
  const before = multi.slice(0, k).map((m) => (m.to.line > line ? '│ ' : '  '))
  const { to, label } = multi[k]!
  const after = multi.slice(k + 1).map((m) => (m.from.line < line && m.to.line >= line ? '─│' : '──'))
  return `${before.join('')}╰${after.join('')}─${'─'.repeat(Math.max(0, to.column - 1))}${label.primary ? '^' : "'"} ${label.message}`
}

/** Carets, the message beside the last of them when nothing overlaps it, the other messages below. */
function underlines(labels: readonly Placed[]): string[] {
  if (labels.length === 0) return []
  const ranges = inOrder(labels).map((p) => ({ ...p, end: Math.max(p.to.column, p.from.column + 1), start: p.from.column }))
  const lastEnd = Math.max(...ranges.map((r) => r.end))
  const candidates = ranges.filter((r) => r.end === lastEnd)
  const last = candidates[candidates.length - 1]!
  const trailing = ranges.every((r) => r === last || Math.max(r.start, last.start) >= Math.min(r.end, last.end)) ? last : undefined
  let carets = ''
  for (let column = 0; column < lastEnd; column++) {
    const over = ranges.filter((r) => r.start <= column && column < r.end)
    carets += over.some((r) => r.label.primary) ? '^' : over.length > 0 ? '-' : ' '
  }
  const out = [trailing ? `${carets} ${trailing.label.message}` : carets]
  const hanging = ranges.filter((r) => r !== trailing && r.label.message !== '')
  if (hanging.length === 0) return out
  const pointers = (upTo: number): string => {
    let line = ''
    for (let column = 0; column < upTo; column++) line += hanging.some((h) => h.start === column) ? '│' : ' '
    return line
  }
  out.push(pointers(Math.max(...hanging.map((h) => h.start)) + 1))
  for (const h of hanging.toReversed()) out.push(pointers(h.start) + h.label.message)
  return out
}

/** The order the reference's printer sorts labels into: by start; where starts are equal, as its binary insertion leaves them. */
function inOrder(labels: readonly Placed[]): Placed[] {
  const sorted: Placed[] = []
  for (const l of labels) {
    let base = 0
    let size = sorted.length
    while (size > 1) {
      const half = size >> 1
      if (sorted[base + half]!.from.column <= l.from.column) base += half
      size -= half
    }
    if (sorted.length > 0 && sorted[base]!.from.column < l.from.column) base++
    sorted.splice(base, 0, l)
  }
  return sorted
}
