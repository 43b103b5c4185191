import { define } from '../define.ts'
import { capitalized, casing } from '../lib/casing.ts'

export const camelcase = define({
  name: 'camelcase',
  summary: 'Writes a name in camelCase.',
  ...casing((w) => w.map((x, i) => (i === 0 ? x.toLowerCase() : capitalized(x))).join('')),
  example: { source: 'camelcase("some-name")', result: 'someName' },
})
