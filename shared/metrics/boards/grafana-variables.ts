import { oneLine } from './grafana.ts'
import { list, object, text } from './json.ts'
import type { Variable } from './schema.ts'

const INTERVAL = /^(auto|\d{1,5}(ms|s|m|h|d|w|y))$/

/** Variables of the kinds we have; others are reported. */
export function variablesOf(given: unknown[], say: (path: string, message: string) => void): Variable[] {
  const used = new Set<string>()
  return given.slice(0, 50).flatMap((g, i): Variable[] => {
    const v = object(g)
    const path = `templating.list.${i}`
    const name = text(v?.name)
    if (!v || !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) || used.has(name)) {
      say(path, 'A variable without a usable name was left out.')
      return []
    }
    used.add(name)
    const meta = { name, label: oneLine(text(v.label), 200) }
    const chosen = { multi: v.multi === true, include_all: v.includeAll === true, default: currentOf(object(v.current)?.value) }
    switch (text(v.type)) {
      case 'query': {
        const query = text(v.query) || text(object(v.query)?.query) || text(v.definition)
        const [, match, label] = /^\s*label_values\(\s*(?:([\s\S]+?)\s*,\s*)?([A-Za-z_][A-Za-z0-9_]*)\s*\)\s*$/.exec(query) ?? []
        if (label) return [{ ...meta, type: 'query', label_name: label, match: (match ?? '').slice(0, 5000), ...chosen }]
        say(`${path}.query`, `“${query.slice(0, 80)}” is not label_values(…); $${name} was left out.`)
        return []
      }
      case 'custom':
      case 'constant':
      case 'textbox': {
        const values = optionsOf(v)
        if (values.length) return [{ ...meta, type: 'custom', values, ...chosen }]
        say(path, `$${name} has no values and was left out.`)
        return []
      }
      case 'interval': {
        const values = text(v.query).split(',').map((t) => t.trim()).filter((t) => INTERVAL.test(t)).slice(0, 50) // biome-ignore format: one line
        return values.length
          ? [{ ...meta, type: 'interval', values, default: chosen.default.filter((d) => INTERVAL.test(d)).slice(0, 1) }]
          : []
      }
      case 'datasource':
        return []
      default:
        say(path, `Variables of the kind “${text(v.type).slice(0, 40)}” are not known; $${name} was left out.`)
        return []
    }
  })
}

const optionsOf = (v: Record<string, unknown>): string[] => {
  const options = list(v.options).flatMap((o) => text(object(o)?.value) || [])
  const all = options.length ? options : text(v.query).split(',').map((t) => t.trim()) // biome-ignore format: one line
  return [...new Set(all.filter((t) => t && t !== '$__all'))].map((t) => t.slice(0, 1000)).slice(0, 500)
}
const currentOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((t) => (typeof t === 'string' && t && t !== '$__all' && t !== 'All' ? [t.slice(0, 1000)] : [])).slice(0, 100) // biome-ignore format: one line
