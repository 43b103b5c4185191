import { compilePattern, groupText, Pattern } from '../regex.ts'
import { type Fields, fail, put } from '../value.ts'
import { grokPatterns } from './grok-patterns.ts'

/** A grok pattern ready to match, with the field each group goes to. */
export interface Grok {
  readonly pattern: Pattern
  /** By group number. */
  readonly fields: ReadonlyMap<number, string>
}

const reference = /%\{([A-Za-z0-9_]+)(?::([^}=]+))?(?:=([^}]*))?\}/g

/** How deep patterns may name each other, and how long the result may get. */
const depthMax = 40
const lengthMax = 200_000

/** Resolves `%{NAME:field}`. Throws a `Failure` for names that do not exist and patterns that do not compile. */
export function compileGrok(source: string, aliases: Readonly<Record<string, string>> = {}): Grok {
  const names: string[] = []
  const resolve = (pattern: string, depth: number): string => {
    if (depth > depthMax) return fail('circular reference in grok pattern')
    const out = pattern.replace(reference, (_, name: string, target: string | undefined, definition: string | undefined) => {
      const known =
        definition ?? (Object.hasOwn(aliases, name) ? aliases[name] : Object.hasOwn(grokPatterns, name) ? grokPatterns[name] : undefined)
      if (known === undefined) return fail(`The given pattern definition name "${name}" could not be found in the definition map`)
      if (target === undefined) return `(?:${resolve(known, depth + 1)})`
      const group = `grok${names.length}`
      names.push(target.trim())
      return `(?P<${group}>${resolve(known, depth + 1)})`
    })
    return out.length > lengthMax ? fail('grok pattern is too long') : out
  }
  const resolved = resolve(source, 0)
  const pattern = compilePattern(resolved)
  if (!(pattern instanceof Pattern)) return fail(`The given pattern "${source}" failed compilation: ${pattern.fault}`)
  const fields = new Map<number, string>()
  for (const [g, name] of pattern.names.entries()) {
    const own = name === null ? null : /^grok(\d+)$/.exec(name)
    if (name !== null) fields.set(g, own ? names[Number(own[1])]! : name)
  }
  return { pattern, fields }
}

const cache = new Map<string, Grok>()

/** For patterns that come with each event: kept, up to a number. */
export function cachedGrok(source: string): Grok {
  const known = cache.get(source)
  if (known) return known
  if (cache.size >= 100) cache.clear()
  const g = compileGrok(source)
  cache.set(source, g)
  return g
}

/** The fields of the first match; `undefined` without one. */
export function grokMatch(s: string, g: Grok): Fields | undefined {
  const m = g.pattern.match(s)
  if (!m) return undefined
  const out: Fields = {}
  for (const [group, name] of g.fields) {
    const found = groupText(s, m, group)
    if (found !== undefined) put(out, name, found)
  }
  return out
}
