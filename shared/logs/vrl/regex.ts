import { MatcherInput, RE2JS } from 're2js'
import { RegexFault, translate } from './regex-syntax.ts'
import { Boxed, fail, isAscii } from './value.ts'

/**
 * A regular expression with the syntax and meaning of Rust's `regex`, run by re2js: time is linear in the text whatever the pattern.
 *
 * Rust's `\d`, `\w`, `\s` and `\b` know all of Unicode, RE2's only ASCII. On ASCII text (nearly all of it) they agree, so the pattern
 * is compiled as written for such text, and a second time with Unicode classes when other text first comes.
 */
export class Pattern extends Boxed {
  readonly source: string
  /** Names of the groups by number; the whole match is 0 and has none. */
  readonly names: readonly (string | null)[]
  readonly groupCount: number
  private readonly ascii: RE2JS
  private unicode: RE2JS | undefined
  private readonly unicodeSource: string

  constructor(source: string) {
    super()
    this.source = source
    const translated = translate(source)
    this.unicodeSource = translated.unicode
    this.ascii = compileRe2(translated.ascii, source)
    if (translated.ascii === translated.unicode) this.unicode = this.ascii
    this.groupCount = this.ascii.groupCount()
    const names: (string | null)[] = new Array(this.groupCount + 1).fill(null)
    for (const [name, at] of Object.entries(this.ascii.namedGroups())) names[at] = name
    this.names = names
  }

  toJSON(): string {
    return this.source
  }

  test(s: string): boolean {
    return this.engine(s).test(s)
  }

  /** Start and end of each group (-1 where it took no part), in UTF-16 units; `null` without a match at or behind `from`. */
  match(s: string, from = 0, groups = this.groupCount + 1): ArrayLike<number> | null {
    const engine = this.engine(s).re2()
    const input = MatcherInput.utf16(s)
    if (from === 0 && engine.numberOfInstructions() > backtrackMax) {
      // matching thread by thread is slow, above all looking for a start everywhere: a match at the begin is the leftmost there can be
      const [found, at] = engine.matchWithGroup(input, from, s.length, anchoredAtStart, groups)
      if (found) return at
    }
    const [found, at] = engine.matchWithGroup(input, from, s.length, unanchored, groups)
    return found ? at : null
  }

  /** All matches from left to right without overlap, as Rust's `captures_iter` finds them. */
  *matches(s: string, groups = this.groupCount + 1): Generator<ArrayLike<number>> {
    let from = 0
    let lastEnd = -1
    while (from <= s.length) {
      const m = this.match(s, from, groups)
      if (m === null) return
      const end = m[1]!
      if (end === m[0] && end === lastEnd) {
        from = next(s, from)
        continue
      }
      yield m
      lastEnd = end
      from = end === m[0] ? next(s, end) : end
    }
  }

  private engine(s: string): RE2JS {
    if (this.unicode === this.ascii || isAscii(s)) return this.ascii
    this.unicode ??= compileRe2(this.unicodeSource, this.source)
    return this.unicode
  }
}

/** Larger programs re2js runs thread by thread. */
const backtrackMax = 500
const unanchored = 0
const anchoredAtStart = 1

const next = (s: string, at: number): number => at + (s.codePointAt(at)! > 0xffff ? 2 : 1)

/** A pattern, or what is wrong with it in the reference's words. */
export function compilePattern(source: string): Pattern | { fault: string } {
  try {
    return new Pattern(source)
  } catch (e) {
    if (e instanceof RegexFault) return { fault: e.message }
    throw e
  }
}

export const patternOrFail = (source: string): Pattern => {
  const p = compilePattern(source)
  return p instanceof Pattern ? p : fail(`could not create regex: regex parse error:\n    ${source}\n    ^\nerror: ${p.fault}`)
}

function compileRe2(translated: string, source: string): RE2JS {
  try {
    return RE2JS.compile(translated)
  } catch (e) {
    throw new RegexFault(e instanceof Error ? e.message.replace(/^error parsing regexp: /, '') : `invalid pattern ${source}`)
  }
}

const cache = new Map<string, Pattern>()

/** For patterns that functions build themselves: compiled once. */
export function fixed(source: string): Pattern {
  const known = cache.get(source)
  if (known) return known
  if (cache.size >= 500) cache.clear()
  const p = new Pattern(source)
  cache.set(source, p)
  return p
}

/** The text of a group, `undefined` where it took no part. */
export const groupText = (s: string, m: ArrayLike<number>, group: number): string | undefined =>
  m[2 * group]! < 0 ? undefined : s.slice(m[2 * group], m[2 * group + 1])
