/** RFC 4180: what a spreadsheet opens. Objects are JSON. A cell that a spreadsheet would run as a formula is text. */
export function csvOf(columns: readonly string[], rows: readonly Record<string, unknown>[]): string {
  const line = (cells: readonly unknown[]) => cells.map(cell).join(',')
  return `${[line(columns), ...rows.map((row) => line(columns.map((c) => row[c])))].join('\r\n')}\r\n`
}

function cell(value: unknown): string {
  if (typeof value === 'number') return String(value)
  const text = textOf(value)
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Any value of an answer as one text. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
