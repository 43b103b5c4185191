import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startClickHouse } from '../local/clickhouse.ts'
import { migrateClickHouse } from '../local/clickhouse-migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    clickhouse: string
  }
}

/** One real ClickHouse for all workerd tests of a run; tests keep apart by team. */
export default async function ({ provide }: TestProject) {
  const dir = mkdtempSync(join(tmpdir(), 'tocsin-clickhouse-'))
  const server = await startClickHouse(dir)
  await migrateClickHouse(server.url, 'clickhouse-migrations')
  provide('clickhouse', server.url)
  return async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
