/** Days on the fast disk, by table with its column of time. Older rows are read from the volume `cold`, more slowly and for less money. */
const hot = {
  logs: { days: 7, time: 'timestamp', ttl: 'toDateTime(timestamp) + toIntervalDay(retention_days)' },
  spans: { days: 7, time: 'timestamp', ttl: 'toDateTime(timestamp) + toIntervalDay(retention_days)' },
  samples: { days: 31, time: 'at', ttl: 'toDateTime(at) + toIntervalDay(retention_days)' },
}

/**
 * Where a server has a storage policy `tiered` (the local runner's has; docs/operate.md shows one with S3), parts move to its volume `cold`
 * by age. No migration, because a server without the policy would refuse it and is as good without. Changes nothing the second time; parts
 * that are there already get their day when they are merged.
 */
export async function tierStorage(query: (sql: string) => Promise<string>): Promise<void> {
  const known = (
    await query("SELECT count() FROM system.storage_policies WHERE policy_name = 'tiered' AND volume_name = 'cold' FORMAT TSVRaw")
  ).trim()
  if (known === '0') return
  for (const [table, { days, time, ttl }] of Object.entries(hot)) {
    const is = await query(`SELECT storage_policy, position(create_table_query, 'TO VOLUME') > 0 FROM system.tables WHERE database = 'tocsin' AND name = '${table}' FORMAT TSVRaw`) // biome-ignore format: one thought
    const [policy, moves] = is.trim().split('\t')
    if (policy === undefined || policy === '') continue
    if (policy !== 'tiered') await query(`ALTER TABLE tocsin.${table} MODIFY SETTING storage_policy = 'tiered'`)
    if (moves === '0')
      await query(
        `ALTER TABLE tocsin.${table} MODIFY TTL ${ttl}, toDateTime(${time}) + toIntervalDay(${days}) TO VOLUME 'cold' SETTINGS materialize_ttl_after_modify = 0`,
      )
  }
}
