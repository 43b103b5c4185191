import { expect, test } from 'vitest'
import { matches, queryOf, tokensOf, type View, viewOf } from './view.ts'

const monitors = [{ id: '01990000-0000-7000-8000-000000000001', name: 'Checkout API' }]
const empty: View = { q: '', state: '', sev: '', monitor: '', from: '', ack: '', who: '', sel: '', open: '' }
const now = Date.UTC(2026, 10, 23, 13, 32, 30)

test('chips become the address and back', () => {
  const tokens = [
    { key: 'state', value: 'open' },
    { key: 'sev', value: 'SEV2' },
    { key: 'monitor', value: 'checkout api' },
    { key: 'from', value: '90d' },
  ]
  const view = viewOf({ tokens, text: 'payments' }, monitors)
  expect(view).toEqual({ q: 'payments', state: 'open', sev: '2', monitor: monitors[0]!.id, from: '90d', ack: '', who: '' })
  expect(tokensOf({ ...empty, ...view }, monitors).map((t) => t.value)).toEqual(['open', '2', 'Checkout API', '90d'])
})

test('a chip that means nothing here is searched for as text', () => {
  expect(
    viewOf(
      {
        tokens: [
          { key: 'state', value: 'weird' },
          { key: 'sev', value: '9' },
        ],
        text: 'x',
      },
      monitors,
    ),
  ).toMatchObject({ q: 'x weird 9', state: '', sev: '' })
})

test('the question to the API, stable within a minute', () => {
  const view = { ...empty, state: 'unacknowledged', sev: '1', from: '24h', q: 'checkout' }
  expect(queryOf(view, now)).toEqual({ status: 'OPEN', severity: 'SEV1', from: '2026-11-22T13:32:00.000Z', q: 'checkout' })
  expect(queryOf(view, now + 20_000)).toEqual(queryOf(view, now))
  expect(queryOf({ ...empty, from: '2026-11-01' }, now).from).toBe('2026-11-01T00:00:00.000Z')
})

test('nobody acknowledged, and mine', () => {
  const tokens = [
    { key: 'ack', value: 'nobody' },
    { key: 'who', value: 'me' },
  ]
  const view = { ...empty, ...viewOf({ tokens, text: '' }, monitors), state: 'open' }
  expect(tokensOf(view, monitors).slice(1)).toEqual(tokens)
  expect(queryOf(view, now)).toEqual({ status: 'OPEN,ACKNOWLEDGED', acknowledged: 'false', mine: 'true' })
})

test('open ones are filtered as the API would', () => {
  const i = {
    title: 'Checkout API returns 503',
    team_number: 2481,
    severity: 'SEV2',
    monitor_id: monitors[0]!.id,
    created_at: '2026-11-23T13:14:00Z',
  } as const
  const ok = (view: Partial<View>) => matches(i, { ...empty, ...view }, now)
  expect([
    ok({}),
    ok({ q: 'checkout' }),
    ok({ q: 'INC-2481' }),
    ok({ q: '2481' }),
    ok({ sev: '2' }),
    ok({ from: '24h' }),
    ok({ monitor: monitors[0]!.id }),
  ]).toEqual(Array(7).fill(true))
  expect([ok({ q: 'refund' }), ok({ q: '248' }), ok({ sev: '1' }), ok({ monitor: 'x' }), ok({ from: '2026-11-23T13:20:00Z' })]).toEqual(
    Array(5).fill(false),
  )
})
