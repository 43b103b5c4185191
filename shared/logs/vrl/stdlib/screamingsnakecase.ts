import { define } from '../define.ts'
import { casing } from '../lib/casing.ts'

export const screamingsnakecase = define({
  name: 'screamingsnakecase',
  summary: 'Writes a name in SCREAMING_SNAKE case.',
  ...casing((w) => w.map((x) => x.toUpperCase()).join('_')),
  example: { source: 'screamingsnakecase("someName")', result: 'SOME_NAME' },
})
