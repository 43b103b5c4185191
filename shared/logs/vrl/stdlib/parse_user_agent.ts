import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { closeLook } from '../lib/user-agent-details.ts'
import { quickLook } from '../lib/user-agents.ts'
import { type Text, text } from '../value.ts'

/** Characters looked at: what a client says of itself further on is noise, and some patterns look back and forth. */
const longest = 1000

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
    const s = text(value).slice(0, longest)
    const { browser, version, os, osVersion, category } = quickLook(s)
    const plainly = { browser: { family: browser, version }, os: { family: os, version: osVersion }, device: { category } }
    // the second look costs more: only where the first left something open
    if (text(mode) === 'fast' || (text(mode) === 'reliable' && browser !== null && os !== null)) return plainly
    const close = closeLook(s)
    const families = { browser: close.browser.family ?? browser, os: close.os.family ?? os }
    if (text(mode) === 'reliable')
      return { browser: { family: families.browser, version }, os: { family: families.os, version: osVersion }, device: { category } }
    const { minorPatch, ...system } = close.os
    return {
      browser: { ...close.browser, family: families.browser, version },
      os: { ...system, patch_minor: minorPatch, family: families.os, version: osVersion },
      device: { ...close.device, category },
    }
  },
  example: { source: 'parse_user_agent("Wget/1.21").browser', result: { family: 'HTTP Library', version: 'wget' } },
})
