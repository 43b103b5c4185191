import type { RE2JS } from 're2js'

type Match = ReturnType<RE2JS['matcher']>

/** `$1`, `$name`, `${name}` and `$$`, by the rules of Go's Expand: a name is the longest run of word characters, an unknown one is empty. */
export function expandGroups(template: string, match: Match, regex: RE2JS): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, bare: string | undefined) => {
    if (whole === '$$') return '$'
    const name = braced ?? bare ?? ''
    if (/^\d+$/.test(name)) return Number(name) <= match.groupCount() ? (match.group(Number(name)) ?? '') : ''
    return Object.hasOwn(regex.namedGroups(), name) ? (match.group(name) ?? '') : ''
  })
}

/** Go's ReplaceAllString: an empty match right behind a match is none. */
export function replaceAll(regex: RE2JS, text: string, by: string): string {
  const match = regex.matcher(text)
  let [made, end] = ['', -1]
  while (match.find()) {
    if (match.end() === match.start() && match.start() === end) continue
    made += text.slice(Math.max(0, end), match.start()) + expandGroups(by, match, regex)
    end = match.end()
  }
  return made + text.slice(Math.max(0, end))
}
