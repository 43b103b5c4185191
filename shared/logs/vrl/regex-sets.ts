/** Code points as sorted, disjoint ranges, both ends included. */
export type Ranges = readonly (readonly [number, number])[]

const last = 0x10ffff

export function union(a: Ranges, b: Ranges): Ranges {
  const out: [number, number][] = []
  for (const [low, high] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const top = out[out.length - 1]
    if (top && low <= top[1] + 1) top[1] = Math.max(top[1], high)
    else out.push([low, high])
  }
  return out
}

export function complement(a: Ranges): Ranges {
  const out: [number, number][] = []
  let from = 0
  for (const [low, high] of union(a, [])) {
    if (low > from) out.push([from, low - 1])
    from = high + 1
  }
  if (from <= last) out.push([from, last])
  return out
}

export const intersection = (a: Ranges, b: Ranges): Ranges => complement(union(complement(a), complement(b)))
export const difference = (a: Ranges, b: Ranges): Ranges => intersection(a, complement(b))
export const symmetricDifference = (a: Ranges, b: Ranges): Ranges => union(difference(a, b), difference(b, a))

const ascii: Record<string, Ranges> = {
  d: [[48, 57]],
  s: [
    [9, 13],
    [32, 32],
  ],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: [[48, 57]],
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
}

const properties: Record<string, string> = {
  d: '\\p{Nd}',
  s: '\\p{White_Space}',
  w: '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]',
}
const computed = new Map<string, Ranges>()

/** A perl, POSIX or Unicode class; `undefined` when there is none of that name. */
export function classSet(name: string, unicode: boolean): Ranges | undefined {
  if (!unicode) return Object.hasOwn(ascii, name) ? ascii[name] : undefined
  const known = computed.get(name)
  if (known) return known
  if (!/^[A-Za-z_]+$/.test(name)) return undefined
  let of: RegExp
  try {
    // the names come from a closed set; no text of the program becomes a pattern here
    of = new RegExp(properties[name] ?? (name.length <= 2 ? `\\p{${name}}` : `\\p{Script=${name}}`), 'u')
  } catch {
    return undefined
  }
  const ranges: [number, number][] = []
  for (let p = 0; p <= last; p++) {
    if ((p >= 0xd800 && p < 0xe000) || !of.test(String.fromCodePoint(p))) continue
    const top = ranges[ranges.length - 1]
    if (top && top[1] === p - 1) top[1] = p
    else ranges.push([p, p])
  }
  computed.set(name, ranges)
  return ranges
}
