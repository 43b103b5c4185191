import { expect, test } from 'vitest'
import { tryProgram } from './run.ts'
import { templates } from './templates.ts'

const left: Record<(typeof templates)[number]['id'], unknown> = {
  redact: { message: '[REDACTED] paid with [REDACTED], Authorization: [REDACTED]', ip: '203.0.113.0' },
  json: { host: 'db-1', level: 'warn', msg: 'slow query', ms: 1840 },
  nginx: expect.objectContaining({
    method: 'GET',
    path: '/cart?id=7',
    status: 502,
    level: 'error',
    client: '203.0.113.9',
    service: 'nginx',
  }),
  kubernetes: {
    message: 'listening on :8080',
    pod: 'checkout-7d9f-x2k8',
    namespace: 'shop',
    container: 'app',
    node: 'node-3',
    service: 'checkout',
  },
  'drop-debug': undefined,
  sample: { level: 'info', message: 'GET /health 200', sample_rate: 10 },
}

test.each(templates)('$name compiles without a warning and does what it says', ({ id, program, example }) => {
  const { diagnostics, results } = tryProgram(program, [example, { other: 1 }], { at: 0, random: () => 0.05, clock: () => 0 })
  expect(diagnostics.map((d) => d.rendered)).toEqual([])
  expect(results[0]!.outcome).toBe(id === 'drop-debug' ? 'aborted' : 'ok')
  expect(results[0]!.events[0]).toEqual(left[id])
  expect(results[1]!.outcome, results[1]!.message ?? '').toBe('ok')
})
