import { define } from '../define.ts'
import { casing } from '../lib/casing.ts'

export const snakecase = define({
  name: 'snakecase',
  summary: 'Writes a name in snake_case.',
  ...casing((w) => w.map((x) => x.toLowerCase()).join('_')),
  example: { source: 'snakecase("SomeName")', result: 'some_name' },
})
