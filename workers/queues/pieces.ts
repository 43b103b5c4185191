import type { Env } from '../../durable-objects/env.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { rowsIn } from '../../shared/warehouse/block.ts'
import { type Inserted, insert, type TableName } from '../../shared/warehouse/insert.ts'
import { halves } from '../../shared/warehouse/message.ts'

/** Of one body this many refused rows are looked for one by one, then only pieces of PARKED_ROWS: a body costs at most some 450 INSERTs. */
const PARKED_SINGLY = 64
const PARKED_ROWS = 64

/** Puts rows aside that ClickHouse refuses, under the token that their INSERT would have. */
export type Park = (token: string, rows: Uint8Array<ArrayBuffer>, why: string) => Promise<void>

/**
 * Stores rows that ClickHouse refused as a whole: halves of them go by themselves, each under a token that says which rows it
 * has, so that a second run sends the same pieces. The smallest that is still refused is parked. `retry` when ClickHouse went
 * away meanwhile: the whole of it may be run again.
 */
export async function inPieces(env: Env, table: TableName, token: string, rows: Uint8Array<ArrayBuffer>, park: Park, why: string) {
  let parked = 0
  const store = async (from: number, body: Uint8Array<ArrayBuffer>, why: string): Promise<Inserted> => {
    const count = rowsIn(body)
    if (count <= (parked < PARKED_SINGLY ? 1 : PARKED_ROWS)) {
      await park(`${token}:${from}-${from + count}`, body, why)
      parked += 1
      return { outcome: 'ok' }
    }
    const [first, second] = halves(body)
    for (const [at, half] of [
      [from, first],
      [from + first.rows, second],
    ] as const) {
      const inserted = await insert(clickhouseOf(env), table, half.body as Uint8Array<ArrayBuffer>, `${token}:${at}-${at + half.rows}`)
      const outcome = inserted.outcome === 'rejected' ? await store(at, half.body as Uint8Array<ArrayBuffer>, inserted.why) : inserted
      if (outcome.outcome !== 'ok') return outcome
    }
    return { outcome: 'ok' }
  }
  return store(0, rows, why)
}
