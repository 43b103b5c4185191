import { define } from '../define.ts'
import { capitalized, casing } from '../lib/casing.ts'

export const pascalcase = define({
  name: 'pascalcase',
  summary: 'Writes a name in PascalCase.',
  ...casing((w) => w.map(capitalized).join('')),
  example: { source: 'pascalcase("some_name")', result: 'SomeName' },
})
