import { define } from '../define.ts'
import { casing } from '../lib/casing.ts'

export const kebabcase = define({
  name: 'kebabcase',
  summary: 'Writes a name in kebab-case.',
  ...casing((w) => w.map((x) => x.toLowerCase()).join('-')),
  example: { source: 'kebabcase("someName")', result: 'some-name' },
})
