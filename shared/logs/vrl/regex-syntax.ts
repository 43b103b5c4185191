import { ClassReader, fault, re2Literal, unicodeItems } from './regex-class.ts'

export { RegexFault } from './regex-class.ts'

/** A pattern of Rust's `regex` in RE2 syntax: as it must be for ASCII text, and for any text. */
export function translate(source: string): { ascii: string; unicode: string } {
  const unicode = new Translator(source, true).run()
  return { ascii: new Translator(source, false).run(), unicode }
}

class Translator extends ClassReader {
  private readonly groupFlags: { extended: boolean; unicode: boolean }[] = []

  run(): string {
    let out = ''
    while (this.at < this.s.length) out += this.item()
    if (this.groupFlags.length > 0) fault('unclosed group')
    return out
  }

  private item(): string {
    const c = this.s[this.at]!
    if (this.extended && (/\s/.test(c) || c === '#')) return this.skip(c)
    if (c === '(') return this.group()
    if (c === ')') return this.close()
    if (c === '[') return this.class()
    if (c === '\\') return this.escape()
    if ('*+?'.includes(c) && (this.at === 0 || '(|'.includes(this.s[this.at - 1]!))) fault('repetition operator missing expression')
    if (c === '{') return this.repeat()
    this.at++
    return c
  }

  private skip(c: string): string {
    if (c === '#') while (this.at < this.s.length && this.s[this.at] !== '\n') this.at++
    else this.at++
    return ''
  }

  private repeat(): string {
    const m = /^\{\s*(\d+)\s*(?:(,)\s*(\d*)\s*)?\}/.exec(this.s.slice(this.at))
    if (!m)
      return fault(
        /^\{[^}]*$/.test(this.s.slice(this.at)) ? 'unclosed counted repetition' : 'repetition quantifier expects a valid decimal',
      )
    if (m[3] && Number(m[3]) < Number(m[1])) fault('invalid repetition count range, the start must be <= the end')
    this.at += m[0].length
    return `{${m[1]}${m[2] ?? ''}${m[3] ?? ''}}`
  }

  private group(): string {
    const rest = this.s.slice(this.at)
    if (/^\(\?(?:[=!]|<[=!])/.test(rest)) fault('look-around, including look-ahead and look-behind, is not supported')
    this.groupFlags.push({ extended: this.extended, unicode: this.unicode })
    const named = /^\(\?P?<([A-Za-z_][A-Za-z0-9_.[\]]*)>/.exec(rest)
    if (named) {
      this.at += named[0].length
      return `(?P<${named[1]}>`
    }
    if (/^\(\?P?<[\w.[\]]*$/.test(rest)) fault('unclosed capture group name')
    if (/^\(\?P?</.test(rest)) fault('invalid capture group character')
    if (!rest.startsWith('(?')) {
      this.at++
      return '('
    }
    const flags = /^\(\?([a-zA-Z-]*)([:)])/.exec(rest)
    if (!flags || flags[1]!.endsWith('-')) return fault('unrecognized flag')
    this.at += flags[0].length
    return this.flags(flags[1]!, flags[2] === ')')
  }

  private flags(flags: string, inline: boolean): string {
    const [on = '', off = ''] = flags.split('-')
    if (/[^imsUuxR]/.test(on + off)) fault('unrecognized flag')
    if (on.includes('x')) this.extended = true
    if (off.includes('x')) this.extended = false
    if (off.includes('u')) this.unicode = false
    const keep = (f: string): string => f.replace(/[xuR]/g, '')
    const kept = keep(on) + (keep(off) ? `-${keep(off)}` : '')
    if (!inline) return `(?${kept}:`
    // flags last to the end of the group around them
    this.groupFlags.pop()
    return kept === '' ? '' : `(?${kept})`
  }

  private close(): string {
    const before = this.groupFlags.pop()
    if (!before) return fault('unopened group')
    this.extended = before.extended
    this.unicode = before.unicode
    this.at++
    return ')'
  }

  private escape(): string {
    const c = this.s[this.at + 1]
    if (c === undefined) return fault('incomplete escape sequence, reached end of pattern prematurely')
    if ('dDsSwW'.includes(c)) {
      this.at += 2
      if (!this.unicode) return `\\${c}`
      return c < 'a' ? `[^${unicodeItems[c.toLowerCase()]}]` : `[${unicodeItems[c]}]`
    }
    const boundary = /^\\b\{(start|end|start-half|end-half)\}/.exec(this.s.slice(this.at))
    if (boundary) {
      this.at += boundary[0].length
      return '\\b'
    }
    if ('bBAz'.includes(c)) {
      this.at += 2
      return `\\${c}`
    }
    if (c === '<' || c === '>') {
      this.at += 2
      return '\\b'
    }
    if (/[0-9]/.test(c)) fault('backreferences are not supported')
    if (c === 'p' || c === 'P') {
      const property = this.property()
      return property.text.startsWith('\\') ? property.text : `[${property.negated ? '^' : ''}${property.text}]`
    }
    return this.literal()
  }

  /** An escaped character, in or out of a class, as RE2 text. */
  private literal(): string {
    return re2Literal(this.codePoint())
  }
}
