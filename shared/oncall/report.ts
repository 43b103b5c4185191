type Row = {
  name: string
  user_id: string
  timezone: string
  seconds: number
  night_seconds: number
  weekend_seconds: number
  nights: number
  weekend_days: number
  shifts: number
  pages: number
  woken: number
}

const hours = (seconds: number) => (seconds / 3600).toFixed(2)
const columns: [string, (r: Row) => string | number][] = [
  ['name', (r) => r.name],
  ['user_id', (r) => r.user_id],
  ['timezone', (r) => r.timezone],
  ['hours', (r) => hours(r.seconds)],
  ['night_hours', (r) => hours(r.night_seconds)],
  ['weekend_hours', (r) => hours(r.weekend_seconds)],
  ['nights', (r) => r.nights],
  ['weekend_days', (r) => r.weekend_days],
  ['shifts', (r) => r.shifts],
  ['pages', (r) => r.pages],
  ['woken', (r) => r.woken],
]

/** RFC 4180. A text that a spreadsheet would run as a formula is quoted with an apostrophe. */
export const csvOf = (rows: readonly Row[]): string =>
  [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, of]) => cell(of(row))))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('')

function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
