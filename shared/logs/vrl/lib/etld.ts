import { parse } from 'tldts'

export interface Suffixes {
  /** Labels of the public suffix of a domain, and whether a rule names it. */
  readonly of: (labels: readonly string[]) => { readonly length: number; readonly known: boolean }
}

const asItIs = { allowPrivateDomains: true, extractHostname: false, validateHostname: false, detectIp: false, mixedInputs: false } as const

/** The list of publicsuffix.org, its private part too, as a package carries it. */
export const published: Suffixes = {
  of: (labels) => {
    const { publicSuffix, isIcann, isPrivate } = parse(labels.join('.'), asItIs)
    return { length: publicSuffix ? publicSuffix.split('.').length : 1, known: Boolean(isIcann || isPrivate) }
  },
}

/** A list in the format of publicsuffix.org. `undefined` for text that is none. */
export function readSuffixes(list: string): Suffixes | undefined {
  const rules = new Set<string>()
  for (const line of list.split('\n')) {
    const rule = line.trim().split(/\s/)[0]!
    if (rule === '' || rule.startsWith('//')) continue
    if (!/^!?(?:\*\.)?[^\s*{}"[\]:,]+$/.test(rule)) return undefined
    rules.add(rule)
  }
  return {
    of: (labels) => {
      for (let at = 0; at < labels.length; at++) {
        const name = labels.slice(at).join('.')
        if (rules.has(`!${name}`)) return { length: labels.length - at - 1, known: true }
        if (rules.has(name)) return { length: labels.length - at, known: true }
        const above = labels.slice(at + 1).join('.')
        if (above !== '' && rules.has(`*.${above}`)) return { length: labels.length - at, known: true }
      }
      return { length: 1, known: false }
    },
  }
}
