import { type Fields, field, put } from '../value.ts'
import { percentDecoded } from './percent.ts'

export function queryParameters(s: string): Fields {
  const out: Fields = {}
  for (const pair of s.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const key = percentDecoded(at < 0 ? pair : pair.slice(0, at), true)
    const value = at < 0 ? '' : percentDecoded(pair.slice(at + 1), true)
    const before = field(out, key)
    put(out, key, before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value])
  }
  return out
}
