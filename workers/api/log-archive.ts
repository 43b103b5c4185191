import { clickhouseOf } from '../../durable-objects/transport.ts'
import { ArchivedFile, FoundInArchive, SearchArchive } from '../../shared/logs/archive/schema.ts'
import { hoursThere, listFiles } from '../../shared/logs/archive/store.ts'
import { searchSql } from '../../shared/logs/search/sql.ts'
import { readSource } from '../../shared/logs/store.ts'
import type { ArchiveFile } from '../../shared/logs/table.ts'
import { PageQuery, pageOf, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, HOUR, iso } from '../../shared/time.ts'
import { archiveKey, searchArchive } from '../../shared/warehouse/archive.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { facadeOf, theirKey } from '../archive-place.ts'
import { can, door, idOf, says, takes } from './door.ts'
import { readable, withPattern, wrong } from './log-search.ts'

const FILES_MAX = 31 * 24

/** `/api/logs/sources/{id}/archive`: Parquet files of a source, and searching them where they lie. */
export const logArchive = door()
  .get('/:id/archive', says('List archived hours', pageOf(ArchivedFile)), can('logs:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { id } = await readSource(c.var.db, c.var.team, idOf(c))
    const { rows, total } = await listFiles(c.var.db, c.var.team, id, query)
    return c.json({ data: rows.map(fileBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/:id/archive/search', says('Search archived hours', FoundInArchive), can('logs:read'), takes('json', SearchArchive), async (c) => {
    const { query, from, to, limit } = c.req.valid('json')
    const { id } = await readSource(c.var.db, c.var.team, idOf(c))
    if (from >= to) throw wrong('from', 'The beginning must lie before the end.')
    if (to - from > 31 * DAY) throw wrong('from', 'Ask for at most 31 days of an archive.')
    const where = searchSql(readable(query))
    const hours = await hoursThere(c.var.db, c.var.team, id, from - (from % HOUR), to, FILES_MAX)
    const of = { team: c.var.team, source: id, hours, from, to }
    const { rows, statistics } = await withPattern('query', async () =>
      searchArchive(clickhouse(clickhouseOf(c.env)), await facadeOf(c.env), of, where, limit).catch((e) => {
        // what the bucket of a customer does is no bug of ours
        if (/S3_ERROR|Code: 499/.test(String(e)) || (e as { code?: string }).code === '499')
          throw new Problem('degraded', 'A file of the archive cannot be read just now.', { cause: e, retryAfter: 30 })
        throw e
      }),
    )
    return c.json({ data: rows, files: hours.length, statistics })
  })

const fileBody = (file: ArchiveFile): ArchivedFile => ({
  kind: file.kind,
  from: iso(file.hour),
  to: iso(file.hour + HOUR),
  state: file.state,
  rows: file.rows,
  bytes: file.bytes,
  bucket: file.place || null,
  key: file.place ? theirKey(archiveKey(file)) : archiveKey(file),
  error: file.error,
  written_at: iso(file.at),
})
