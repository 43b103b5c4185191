/** One field of an event, before or after a program; `sign` says which, `kept` both. */
export type Line = { path: string; sign: 'added' | 'removed' | 'kept'; value: string }

const LINES_MAX = 500

/** What a program did to an event, field by field in the order of their names. A changed field is one removed and one added. */
export function changes(before: unknown, after: unknown): Line[] {
  const from = flat(before)
  const to = flat(after)
  const paths = [...new Set([...from.keys(), ...to.keys()])].sort()
  const lines: Line[] = []
  for (const path of paths.slice(0, LINES_MAX)) {
    const [old, now] = [from.get(path), to.get(path)]
    if (old === now) lines.push({ path, sign: 'kept', value: now! })
    else {
      if (old !== undefined) lines.push({ path, sign: 'removed', value: old })
      if (now !== undefined) lines.push({ path, sign: 'added', value: now })
    }
  }
  return lines
}

/** Every leaf under its path as the language writes it. Empty objects and arrays are leaves. */
function flat(value: unknown): Map<string, string> {
  const out = new Map<string, string>()
  const walk = (v: unknown, path: string, depth: number) => {
    const entries =
      typeof v === 'object' && v !== null && depth < 20
        ? Array.isArray(v)
          ? v.map((x, i) => [`[${i}]`, x] as const)
          : Object.entries(v).map(([k, x]) => [step(k), x] as const)
        : []
    if (!entries.length) out.set(path || '.', JSON.stringify(v) ?? 'null')
    else for (const [name, x] of entries) walk(x, name.startsWith('[') ? path + name : `${path}.${name}`, depth + 1)
  }
  walk(value, '', 0)
  return out
}

const step = (name: string): string => (/^[A-Za-z_@][\w@]*$/.test(name) ? name : JSON.stringify(name))
