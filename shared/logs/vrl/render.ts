import type { Diagnostic, Label } from './diagnostics.ts'

/** Diagnostics as text, laid out as the reference's command line shows them. */
export const render = (source: string, diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map((d) => renderOne(source, d)).join('\n')

interface Place {
  /** From zero. */
  readonly line: number
  /** From zero, in characters: what the headline counts. */
  readonly character: number
  /** From zero, in cells of a terminal: where carets stand. */
  readonly column: number
}

function renderOne(source: string, d: Diagnostic): string {
  const lines = source.split('\n')
  const placed = d.labels.map((l) => placeLabel(lines, l))
  const out = [`${d.severity}[E${String(d.code).padStart(3, '0')}]: ${d.message}`]
  const width = String(Math.max(1, ...placed.flatMap((l) => [l.from.line, l.to.line])) + 1).length
  const pad = ' '.repeat(placed.length > 0 ? width : 0)
  const first = placed.find((l) => l.label.primary) ?? placed[0]
  if (first) {
    out.push(`${pad} ┌─ :${first.from.line + 1}:${first.from.character + 1}`, `${pad} │`)
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
    if (rest <= text.length) return placeIn(line, text.slice(0, rest))
    rest -= text.length + 1
  }
  return placeIn(lines.length - 1, lines[lines.length - 1] ?? '')
}

const placeIn = (line: number, before: string): Place => ({ line, character: [...before].length, column: cellsOf(before) })

/** Takes no cell: marks on the letter before, joiners. */
const narrow = /[\p{Mn}\p{Me}\p{Cf}]/u
/** Takes two cells. */
const wide =
  /[\p{Emoji_Presentation}\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u
const tabCells = 4

function cellsOf(text: string): number {
  let cells = 0
  for (const c of text) cells += c === '\t' ? tabCells - (cells % tabCells) : c <= '\u02ff' ? 1 : narrow.test(c) ? 0 : wide.test(c) ? 2 : 1
  return cells
}

function untabbed(text: string): string {
  if (!text.includes('\t')) return text
  let out = ''
  for (const [i, piece] of text.split('\t').entries()) {
    if (i > 0) out += ' '.repeat(tabCells - (cellsOf(out) % tabCells))
    out += piece
  }
  return out
}

const isMulti = (p: Placed): boolean => p.to.line > p.from.line

function snippet(lines: readonly string[], placed: readonly Placed[], width: number): string[] {
  const multi = placed.filter(isMulti)
  const single = placed.filter((p) => !isMulti(p))
  const shown = new Set<number>()
  for (const p of placed) for (const n of [p.from.line, p.to.line]) shown.add(n)
  for (const p of multi) for (let n = p.from.line; n <= Math.min(p.to.line, p.from.line + 3); n++) shown.add(n)
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

/** Whether a label of several lines begins where its line does: its corner then stands beside the source. */
const atMargin = (lines: readonly string[], m: Placed): boolean =>
  [...(lines[m.from.line] ?? '')].slice(0, m.from.character).join('').trim() === ''

const openBars = (multi: readonly Placed[], line: number): string =>
  multi.map((m) => (m.from.line < line && m.to.line >= line ? '│ ' : '  ')).join('')

/** The bars beside the source line, and those beside what is said of it. */
function barsAt(lines: readonly string[], multi: readonly Placed[], line: number): [string, string] {
  const corner = (m: Placed): boolean => m.from.line === line && atMargin(lines, m)
  const draw = (sign: string): string =>
    multi.map((m) => (corner(m) ? sign : m.from.line < line && m.to.line >= line ? '│ ' : '  ')).join('')
  return [draw('╭ '), draw('│ ')]
}

function sourceLine(lines: readonly string[], n: number, single: readonly Placed[], multi: readonly Placed[], width: number): string[] {
  const text = untabbed(lines[n] ?? '')
  const gutter = `${' '.repeat(width)} │ `
  const [beside, bars] = barsAt(lines, multi, n)
  const out = [`${String(n + 1).padStart(width)} │ ${beside}${text}`]
  out.push(...underlines(single, cellsOf(text)).map((l) => gutter + bars + l))
  for (const [k, m] of multi.entries())
    if (m.from.line === n && !atMargin(lines, m)) out.push(gutter + opening(multi, k, n, cellsOf(lines[n]!)))
  for (const [k, m] of multi.entries()) if (m.to.line === n) out.push(gutter + closing(multi, k, n))
  return out
}

function opening(multi: readonly Placed[], k: number, line: number, cells: number): string {
  const before = multi.slice(0, k).map((m) => (m.from.line <= line && m.to.line >= line ? '│ ' : '  '))
  const { from, label } = multi[k]!
  return `${before.join('')}╭${'─'.repeat(2 * (multi.length - k - 1) + Math.min(from.column + 1, cells))}${label.primary ? '^' : "'"}`
}

function closing(multi: readonly Placed[], k: number, line: number): string {
  const before = multi.slice(0, k).map((m) => (m.to.line > line ? '│ ' : '  '))
  const { to, label } = multi[k]!
  const after = multi.slice(k + 1).map((m) => (m.from.line < line && m.to.line >= line ? '─│' : '──'))
  return `${before.join('')}╰${after.join('')}${'─'.repeat(to.column)}${label.primary ? '^' : "'"} ${label.message}`
}

/** Carets, the message beside the last of them when nothing overlaps it, the other messages below. */
function underlines(labels: readonly Placed[], cells: number): string[] {
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
    for (let column = 0; column < upTo; column++) line += column < cells && hanging.some((h) => h.start === column) ? '│' : ' '
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
