/** Orders by UTF-8 bytes, as Go compares strings; UTF-16 order differs where a surrogate meets U+E000 and above. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const xs = x >= 0xd800 && x < 0xe000
    const ys = y >= 0xd800 && y < 0xe000
    if (xs !== ys && (xs ? y : x) >= 0xe000) return xs ? 1 : -1
    return x - y
  }
  return a.length - b.length
}

/** Orders "node2" before "node10": runs of digits compare as numbers. */
export function compareNaturally(a: string, b: string): number {
  const left = chunks(a)
  const right = chunks(b)
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] ?? ''
    const y = right[i] ?? ''
    if (x === y) continue
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const numeric = Number(x) - Number(y)
      if (numeric !== 0) return numeric
      return x.length - y.length
    }
    return compareBytes(x, y)
  }
  return left.length - right.length
}

const chunks = (text: string): string[] => text.match(/\d+|\D+/g) ?? []
