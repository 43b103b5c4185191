/** Numbers in [0, 1) that are the same every time (mulberry32). */
export function chance(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** For tests: makes programs with a few of their pieces doubled, dropped, swapped or replaced by pieces of others. */
export function mutator(programs: readonly string[], next: () => number): () => string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!
  const pieces = programs
    .flatMap((p) => p.match(/\w+!?|\s+|[^\w\s]+/g) ?? [])
    .concat('__proto__', 'constructor', 'globalThis', 'process', '9223372036854775807', '💥', '\0')
  return () => {
    const tokens = pick(programs).match(/\w+!?|\s+|[^\w\s]/g) ?? []
    for (let n = 1 + Math.floor(next() * 4); n > 0; n--) {
      const at = Math.floor(next() * tokens.length)
      const change = next()
      if (change < 0.25) tokens.splice(at, 1)
      else if (change < 0.5) tokens.splice(at, 0, tokens[at] ?? '')
      else if (change < 0.75) tokens[at] = pick(pieces)
      else tokens.splice(at, 0, pick(pieces))
    }
    return tokens.join('')
  }
}
