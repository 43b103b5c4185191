import { expect, test } from 'vitest'
import { transportFailure } from './platform.ts'

const f = (status: number, text: string, server = 'cloudflare') =>
  transportFailure({ status, headers: new Headers({ server }) }, new TextEncoder().encode(text))

test.each([
  [520, 'error code: 520', 'network'],
  [521, 'error code: 521', 'refused'],
  [522, 'error code: 522', 'timeout'],
  [523, 'error code: 523', 'unreachable'],
  [524, 'error code: 524', 'timeout'],
  [525, 'error code: 525', 'tls'],
  [526, 'error code: 526', 'tls'],
  [527, 'error code: 527', 'network'],
  [530, 'error code: 1016', 'dns'],
  [530, 'error code: 1003', 'blocked'],
  [530, 'error code: 1033', 'network'],
])('%i with "%s" is %s', (status, text, error) => expect(f(status, text)).toBe(error))

test("the target's own answer stays its own", () => {
  expect(f(522, '<html>We are down</html>')).toBeNull()
  expect(f(522, 'error code: 522', 'nginx')).toBeNull()
  expect(f(503, 'error code: 503')).toBeNull()
  expect(f(200, 'error code: 522')).toBeNull()
})
