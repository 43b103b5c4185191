import { type Diagnostic, render } from '../vrl/index.ts'
import type { DiagnosticBody } from './schema.ts'

export const codeOf = (d: Diagnostic): string => `E${String(d.code).padStart(3, '0')}`

/** What the compiler found, for the wire. */
export const diagnosticBody = (source: string, d: Diagnostic): DiagnosticBody => ({
  severity: d.severity,
  code: codeOf(d),
  message: d.message,
  labels: d.labels.map(({ message, primary, start, end }) => ({ message, primary, start, end, ...placeIn(source, start) })),
  notes: [...d.notes],
  rendered: render(source, [d]),
})

/** Line and column of an offset, both from 1; columns count characters as editors do. */
function placeIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: [...before.slice(before.lastIndexOf('\n') + 1)].length + 1 }
}
