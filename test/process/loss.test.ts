import { expect, test } from 'vitest'
import { audit } from '../../bench/loss.ts'

test('acknowledged is stored and nothing is stored twice, through kills of the Worker and troubles of ClickHouse', async () => {
  const ledger = await audit(40_000)
  console.log(JSON.stringify(ledger))
  expect(ledger.kills).toBeGreaterThanOrEqual(1)
  expect(ledger.outages).toBeGreaterThanOrEqual(2)
  expect(ledger.acknowledged).toBeGreaterThan(1000)
  expect({ lost: ledger.lost, doubled: ledger.doubled }).toEqual({ lost: 0, doubled: 0 })
}, 180_000)
