/** What we measure of ourselves once a minute, each with its words for the metric of the same name (`tocsin_<name>`). */
export const gaugeNames = {
  monitors: 'monitors that are watched',
  checks_per_minute: 'checks begun in the last minute',
  checks_late: 'of them more than a second after they were due',
  shard_lag_ms: 'the longest that a check of the last minute or two waited for its turn',
  checks_lost_24h: 'checks of the last 24 hours that nobody carried out, or whose row was given up',
  spool_rows: 'accepted rows that ClickHouse does not have yet',
  spool_oldest_ms: 'how long the oldest of them has waited',
  rows_parked: 'objects in R2 whose rows wait to be sent again',
  rows_refused: 'objects in R2 whose rows ClickHouse refused twice: somebody has to look at them',
  outage_ms: 'for how long the queue has found ClickHouse away',
  outbox_age_ms: 'how long the oldest due poke has waited',
  oldest_unsent_page_ms: 'how long the oldest page has waited that should have left',
} as const
export type GaugeName = keyof typeof gaugeNames
