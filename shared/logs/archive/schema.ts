import * as z from 'zod'

/** One hour of a source as one Parquet file. `bucket` is null for the installation's own. */
export const ArchivedFile = z
  .object({
    kind: z.enum(['logs', 'spans']),
    from: z.string(),
    to: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    rows: z.int(),
    bytes: z.int(),
    bucket: z.string().nullable(),
    key: z.string(),
    error: z.string().nullable(),
    written_at: z.string(),
  })
  .meta({ id: 'ArchivedFile' })
export type ArchivedFile = z.infer<typeof ArchivedFile>

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

/** Body of `POST /api/logs/sources/{id}/archive/search`: a search in the live tail's language over files of at most 31 days. */
export const SearchArchive = z
  .strictObject({ query: z.string().max(10_000).default(''), from: time, to: time, limit: z.int().min(1).max(1000).default(100) })
  .meta({ id: 'SearchArchive' })

export const FoundInArchive = z
  .object({
    data: z.array(z.record(z.string(), z.unknown())),
    files: z.int().describe('How many files were read'),
    statistics: z.object({ rows_read: z.number(), bytes_read: z.number(), elapsed_ms: z.number() }),
  })
  .meta({ id: 'FoundInArchive' })
