/** A stretch of the source, in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Label extends Span {
  readonly message: string
  /** The place of the fault; other labels give context. */
  readonly primary: boolean
}

/** What the compiler found. `notes` are whole lines: help, links. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: number
  readonly message: string
  readonly labels: readonly Label[]
  readonly notes: readonly string[]
}

export const span = (start: number, end: number): Span => ({ start, end })
export const primary = (message: string, at: Span): Label => ({ message, start: at.start, end: at.end, primary: true })
export const context = (message: string, at: Span): Label => ({ message, start: at.start, end: at.end, primary: false })

/** An error with the notes every diagnostic of its code carries. */
export const error = (code: number, message: string, labels: readonly Label[], notes: readonly string[] = []): Diagnostic => ({
  severity: 'error',
  code,
  message,
  labels,
  notes: [...notes, ...closing(code)],
})

export const warning = (code: number, message: string, labels: readonly Label[], notes: readonly string[] = []): Diagnostic => ({
  severity: 'warning',
  code,
  message,
  labels,
  notes: [...notes, ...closing(code)],
})

/** The same finding under another headline. */
export const retitled = (d: Diagnostic, message: string): Diagnostic => ({ ...d, message })

export const note = {
  errors: 'see documentation about error handling at https://errors.vrl.dev/#handling',
  characteristics: 'see functions characteristics documentation at https://vrl.dev/expressions/#function-call-characteristics',
  coerce: 'hint: coerce the value to the required type using a coercion function',
  coercion: 'see documentation about type coercion at https://functions.vrl.dev/#coerce-functions',
  expression: (what: string, anchor: string): string => `see documentation about ${what} at https://vrl.dev/expressions/${anchor}`,
  code: (code: number): string => `learn more about error code ${code} at https://errors.vrl.dev/${code}`,
  /** A change that would help, as source lines. */
  solution: (title: string, lines: readonly string[]): string[] => [`try: ${title}`, ' ', ...lines.map((l) => `    ${l}`), ' '],
}

/** Codes with a page of their own. */
const documented = (code: number): boolean => code >= 100 && code <= 110

const closing = (code: number): string[] => [
  ...(documented(code) ? [note.code(code)] : []),
  'see language documentation at https://vrl.dev',
  'try your code in the VRL REPL, learn more at https://vrl.dev/examples',
]
