import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { parseUserAgent } from '../lib/user-agents.ts'
import { type Text, text } from '../value.ts'

const modes = ['fast', 'reliable', 'enriched'] as const
const maybe = kind.orNull(kind.bytes)
const named = (...names: string[]): kind.Kind => kind.record(Object.fromEntries(names.map((n) => [n, maybe])))
const plain = kind.record({ browser: named('family', 'version'), os: named('family', 'version'), device: named('category') })
const rich = kind.record({
  browser: named('family', 'version', 'major', 'minor', 'patch'),
  os: named('family', 'version', 'major', 'minor', 'patch', 'patch_minor'),
  device: named('category', 'family', 'brand', 'model'),
})

export const parse_user_agent = define({
  name: 'parse_user_agent',
  summary: 'Browser, system and device of a user agent, as far as they can be told.',
  parameters: [textValue, optional('mode', kind.bytes, modes)],
  returns: (call) => (call.constant('mode') === 'enriched' ? rich : plain),
  prepare: (call) => {
    oneOf(call, 'mode', modes)
    return undefined
  },
  run: (_, value: Text, mode: Text = 'fast') => {
    const s = text(value)
    const { browser, os, category, device } = parseUserAgent(s)
    if (text(mode) !== 'enriched') return { browser: { ...browser }, os: { ...os }, device: { category } }
    const own = browser.family === 'Opera Mini' ? (/Opera Mini\/([\d.]+)/.exec(s)?.[1] ?? browser.version) : browser.version
    return {
      browser: { ...browser, ...numbered(own, ['major', 'minor', 'patch']) },
      os: { ...os, ...numbered(os.version?.replace(/^NT /, '') ?? null, ['major', 'minor', 'patch', 'patch_minor']) },
      device: { ...device, category },
    }
  },
  example: { source: 'parse_user_agent("curl/8.1.2").browser', result: { family: 'curl', version: '8.1.2' } },
})

const numbered = (version: string | null, names: readonly string[]): Record<string, string | null> => {
  const parts = version?.split('.') ?? []
  return Object.fromEntries(names.map((n, i) => [n, parts[i] ?? null]))
}
