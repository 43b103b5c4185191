import { warehouses } from '../shared/logs/plans.ts'

/** What tenants' own SQL may read: table → its column of time, null where rows have none. */
const tenantTables = {
  logs: 'timestamp',
  spans: 'timestamp',
  series: null,
  samples: 'at',
  histograms: 'at',
  exemplars: 'at',
  derived_points: 'at',
  metric_metadata: null,
  checks: 'at',
  monitor_states: 'at',
  errors: 'timestamp',
}
/** Views that read those tables as whoever asks, so that their filters hold. */
const tenantViews = ['metrics']

/** Tables whose rows come from no source. */
const sourceless = ['checks', 'monitor_states', 'errors']

/**
 * The row filter of a tenant's query: the Worker names the query `<team>~<from ms>~<to ms>~<unique>~<sources, or nothing for all>`, and
 * SQL text cannot change a query's name. Constant for the query, so it prunes granules like a condition that was written there.
 */
const condition = (table: string, time: string | null) => {
  const part = (n: number) => `splitByChar('~', initialQueryID())[${n}]`
  const own = `team = toUUIDOrZero(${part(1)})`
  const between = `${time} >= fromUnixTimestamp64Milli(toInt64OrZero(${part(2)})) AND ${time} <= fromUnixTimestamp64Milli(toInt64OrZero(${part(3)}))`
  const named = `(${part(5)} = '' OR has(arrayMap(s -> toUUIDOrZero(s), splitByChar(',', ${part(5)})), source_id))`
  return [own, ...(time === null ? [] : [between]), ...(sourceless.includes(table) ? [] : [named])].join(' AND ')
}

/** `tenant` for the plan `standard`, `tenant_<plan>` for the others: a user that may change no setting has its limits from its profile. */
const tenants = Object.entries(warehouses).map(([name, plan]) => ({ user: name === 'standard' ? 'tenant' : `tenant_${name}`, ...plan }))

// clickhouse-local itself logs in as default with an empty password; the listener is on loopback only
export const usersConfig = () => `<clickhouse>
  <profiles>
    <default/>
    ${tenants.map(profile).join('\n    ')}
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
    ${tenants.map(({ user }) => tenantUser(user)).join('\n    ')}
  </users>
</clickhouse>
`

const escaped = (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const profile = ({ user, timeS, memory, rows }: (typeof tenants)[number]) => `<${user}>
      <readonly>1</readonly>
      <max_execution_time>${timeS}</max_execution_time>
      <max_memory_usage>${memory}</max_memory_usage>
      <max_result_rows>${rows}</max_result_rows>
      <result_overflow_mode>throw</result_overflow_mode>
      <use_query_cache>0</use_query_cache>
      <use_query_condition_cache>0</use_query_condition_cache>
      <allow_introspection_functions>0</allow_introspection_functions>
      <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
      <date_time_output_format>iso</date_time_output_format>
    </${user}>`

const tenantUser = (user: string) => `<${user}>
      <password></password><networks><ip>127.0.0.1</ip></networks><profile>${user}</profile><quota>default</quota>
      <databases><tocsin>
        ${Object.entries(tenantTables)
          .map(([table, time]) => `<${table}><filter>${escaped(condition(table, time))}</filter></${table}>`)
          .join('\n        ')}
      </tocsin></databases>
      <grants>
        ${[...Object.keys(tenantTables), ...tenantViews]
          .map((table) => `<query>GRANT SELECT ON tocsin.${table}</query>`)
          .join('\n        ')}
      </grants>
    </${user}>`

/**
 * The same users as statements for a server of one's own; their password is the server's to choose. `node local/clickhouse-users.ts` prints
 * them. May be run again after an upgrade: a new table is granted and filtered, what is there stays.
 */
export const usersSql = (): string[] => [
  ...tenants.flatMap(({ user, timeS, memory, rows }) => [
    `CREATE SETTINGS PROFILE OR REPLACE ${user} SETTINGS readonly = 1, max_execution_time = ${timeS}, max_memory_usage = ${memory}, max_result_rows = ${rows}, result_overflow_mode = 'throw', use_query_cache = 0, use_query_condition_cache = 0, allow_introspection_functions = 0, cancel_http_readonly_queries_on_client_close = 1, date_time_output_format = 'iso'`,
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '<CLICKHOUSE_TENANT_PASSWORD>' SETTINGS PROFILE '${user}'`,
    ...[...Object.keys(tenantTables), ...tenantViews].map((table) => `GRANT SELECT ON tocsin.${table} TO ${user}`),
  ]),
  ...Object.entries(tenantTables).map(
    ([table, time]) =>
      `CREATE ROW POLICY OR REPLACE tenants ON tocsin.${table} USING ${condition(table, time)} TO ${tenants.map(({ user }) => user).join(', ')}`,
  ),
]

if (import.meta.main) console.log(usersSql().join(';\n'))
