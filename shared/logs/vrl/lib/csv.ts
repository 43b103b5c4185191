/** The first record of CSV text. */
export function parseCsv(s: string, delimiter: string): string[] {
  const cells: string[] = []
  let cell = ''
  let i = 0
  while (i <= s.length) {
    const c = s[i]
    if (c === '"' && cell === '') {
      const end = closingQuote(s, i + 1)
      cell = s.slice(i + 1, end).replaceAll('""', '"')
      i = end + 1
      while (i < s.length && s[i] !== delimiter && s[i] !== '\n' && s[i] !== '\r') cell += s[i++]
      continue
    }
    if (c === undefined || c === '\n' || c === '\r') {
      cells.push(cell)
      return cells
    }
    if (c === delimiter) {
      cells.push(cell)
      cell = ''
      if (s[i + 1] === '"') {
        i++
        continue
      }
    } else cell += c
    i++
  }
  // a quote that nothing closes ends with the text
  cells.push(cell)
  return cells
}

function closingQuote(s: string, from: number): number {
  for (let i = from; i < s.length; i++) {
    if (s[i] !== '"') continue
    if (s[i + 1] === '"') i++
    else return i
  }
  return s.length
}

/** One record: cells with the delimiter, a quote or a line break are quoted. */
export const encodeCsv = (cells: readonly string[], delimiter: string): string =>
  cells
    .map((c) => (c.includes(delimiter) || /["\r\n]/.test(c) || (cells.length === 1 && c === '') ? `"${c.replaceAll('"', '""')}"` : c))
    .join(delimiter)
