import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ActorType } from '../../actor.ts'
import type { Drops, OutcomeName, Signal } from './schema.ts'

/** Every program a source ever had, newest number last; what runs is a copy in the row of the source. `drops` as in `sources`. */
export const pipelineVersions = sqliteTable(
  'pipeline_versions',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    source: text().notNull(),
    signal: text().$type<Signal>().notNull(),
    version: integer().notNull(),
    program: text().notNull(),
    drops: text().$type<Drops>().notNull(),
    /** The version whose program this one brought back. */
    restored_from: integer(),
    author_type: text().$type<ActorType>().notNull(),
    author_id: text().notNull(),
    /** Empty for a person: names of people are read when shown. */
    author_name: text().notNull(),
    created_at: integer().notNull(),
  },
  (t) => [uniqueIndex('pipeline_versions_of').on(t.team, t.source, t.signal, t.version)],
)
export type VersionRow = typeof pipelineVersions.$inferSelect

/** What programs did besides transforming: failed, or left records out. One row per place in the program; written by the ingest door, batched. */
export const pipelineOutcomes = sqliteTable(
  'pipeline_outcomes',
  {
    team: text().notNull(),
    source: text().notNull(),
    signal: text().$type<Signal>().notNull(),
    outcome: text().$type<OutcomeName>().notNull(),
    place: text().notNull(),
    message: text().notNull(),
    count: integer().notNull(),
    first: integer().notNull(),
    last: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.source, t.signal, t.outcome, t.place] })],
)

/**
 * The last events of a source as they came in, before its program: a JSON array of texts, each an event. A program may be there to take
 * secrets out, so a row exists only while somebody writes the program and a little longer.
 */
export const pipelineSamples = sqliteTable(
  'pipeline_samples',
  {
    team: text().notNull(),
    source: text().notNull(),
    signal: text().$type<Signal>().notNull(),
    events: text().notNull(),
    at: integer().notNull(),
    wanted_until: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.source, t.signal] })],
)
