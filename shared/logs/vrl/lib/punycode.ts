const base = 36

const adapt = (delta: number, points: number, first: boolean): number => {
  let d = first ? Math.floor(delta / 700) : delta >> 1
  d += Math.floor(d / points)
  let k = 0
  for (; d > 455; k += base) d = Math.floor(d / 35)
  return k + Math.floor((36 * d) / (d + 38))
}

const threshold = (k: number, bias: number): number => Math.min(26, Math.max(1, k - bias))

/** RFC 3492, one label without its prefix. `undefined` for text that is not punycode. */
export function decodeLabel(s: string): string | undefined {
  const dash = s.lastIndexOf('-')
  const out = dash > 0 ? [...s.slice(0, dash)].map((c) => c.codePointAt(0)!) : []
  if (out.some((p) => p > 127)) return undefined
  let n = 128
  let i = 0
  let bias = 72
  for (let at = dash > 0 ? dash + 1 : 0; at < s.length; ) {
    const before = i
    let w = 1
    for (let k = base; ; k += base) {
      const c = s[at++]
      const digit = c === undefined ? -1 : /[a-z]/i.test(c) ? c.toLowerCase().charCodeAt(0) - 97 : /\d/.test(c) ? Number(c) + 26 : -1
      if (digit < 0) return undefined
      i += digit * w
      if (i > 0x7fffffff) return undefined
      const t = threshold(k, bias)
      if (digit < t) break
      w *= base - t
    }
    bias = adapt(i - before, out.length + 1, before === 0)
    n += Math.floor(i / (out.length + 1))
    i %= out.length + 1
    if (n > 0x10ffff) return undefined
    out.splice(i++, 0, n)
  }
  return String.fromCodePoint(...out)
}

export function encodeLabel(s: string): string {
  const points = [...s].map((c) => c.codePointAt(0)!)
  const basic = points.filter((p) => p < 128)
  let out = String.fromCodePoint(...basic)
  let handled = basic.length
  if (handled > 0) out += '-'
  let n = 128
  let delta = 0
  let bias = 72
  while (handled < points.length) {
    const next = Math.min(...points.filter((p) => p >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const p of points) {
      if (p < n) delta++
      if (p !== n) continue
      out += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled++
    }
    delta++
    n++
  }
  return out
}

function variableLength(delta: number, bias: number): string {
  const digit = (d: number): string => String.fromCharCode(d < 26 ? 97 + d : 22 + d)
  let out = ''
  let q = delta
  for (let k = base; ; k += base) {
    const t = threshold(k, bias)
    if (q < t) return out + digit(q)
    out += digit(t + ((q - t) % (base - t)))
    q = Math.floor((q - t) / (base - t))
  }
}
