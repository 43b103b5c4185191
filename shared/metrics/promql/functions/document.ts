import { documented } from '../syntax/check.ts'
import type { PromFunction } from './function.ts'
import { functions } from './index.ts'

/** `round(instant vector[, scalar]) → instant vector`: what a function takes and gives. */
export function signature({ name, args, variadic, returns }: PromFunction): string {
  const types = args.map((type) => documented[type])
  if (variadic === 0) return `${name}(${types.join(', ')}) → ${documented[returns]}`
  const last = types.pop() ?? ''
  const rest = variadic < 0 ? `${last}…` : variadic === 1 ? last : `${last}… up to ${variadic}`
  const optional = types.length > 0 ? `[, ${rest}]` : `[${rest}]`
  return `${name}(${types.join(', ')}${optional}) → ${documented[returns]}`
}

/** The reference of all functions in Markdown, alphabetically. */
export function functionReference(): string {
  const rows = Object.values<PromFunction>(functions).sort((a, b) => (a.name < b.name ? -1 : 1))
  const cells = (fn: PromFunction) => [`\`${signature(fn)}\``, fn.doc, `\`${fn.example}\``].map((text) => text.replaceAll('|', '\\|'))
  const lines = rows.map((fn) => `| ${cells(fn).join(' | ')} |`)
  return ['| Function | What it gives | Example |', '|---|---|---|', ...lines].join('\n')
}
