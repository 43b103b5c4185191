import { spawn } from 'node:child_process'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  const { port } = server.address() as { port: number }
  await new Promise((ok) => server.close(ok))
  return port
}

/**
 * A real ClickHouse HTTP server on 127.0.0.1, out of the chdb npm package. Its identity is checked: another process that took
 * the port between our choice and its start answers with another path, and we choose again.
 */
export async function startClickHouse(dir: string, port?: number) {
  mkdirSync(dir, { recursive: true })
  const data = resolve(dir, 'data')
  for (let attempt = 0; ; attempt++) {
    const server = await tryStart(dir, data, port ?? (await freePort()))
    if (server) return server
    if (port || attempt === 4) throw new Error(`ClickHouse did not start, see ${resolve(dir, 'stderr.log')}`)
  }
}

async function tryStart(dir: string, data: string, port: number) {
  const config = resolve(dir, 'config.xml')
  writeFileSync(config, serverConfig(dir))
  writeFileSync(resolve(dir, 'users.xml'), usersConfig())
  const child = spawn(process.execPath, [new URL('clickhouse-server.ts', import.meta.url).pathname, data, String(port), config], {
    stdio: ['pipe', 'ignore', openSync(resolve(dir, 'stderr.log'), 'w')],
    detached: true,
  })
  const exited = new Promise<void>((ok) => child.once('exit', () => ok()))
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 600 && child.exitCode === null; i++) {
    const path = await identity(url)
    if (path === `${data}/` || path === data) return { url, pid: child.pid!, stop: () => stop(child, exited) }
    if (path) break
    await sleep(50)
  }
  await stop(child, exited)
  return null
}

async function stop(child: ReturnType<typeof spawn>, exited: Promise<void>) {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await exited
  clearTimeout(timer)
}

/** The data directory of whatever answers at this address, or null. */
const identity = (url: string): Promise<string | null> =>
  query(url, "SELECT value FROM system.server_settings WHERE name = 'path' FORMAT TSVRaw").then(
    (text) => text.trim() || null,
    () => null,
  )

/** One statement; the answer as text. Throws what ClickHouse says. */
export async function query(url: string, sql: string, headers: Record<string, string> = {}): Promise<string> {
  const r = await fetch(url, { method: 'POST', body: sql, headers })
  const text = await r.text()
  if (!r.ok) throw new Error(text.slice(0, 2000))
  return text
}

const serverConfig = (dir: string) => `<clickhouse>
  <logger><level>warning</level><log>${resolve(dir, 'server.log')}</log></logger>
  <users_config>${resolve(dir, 'users.xml')}</users_config>
  <max_server_memory_usage_to_ram_ratio>0.5</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>268435456</mark_cache_size>
</clickhouse>
`

/** What tenants' own SQL may read: table → its column of time, null where rows have none. The same list is in docs/deploy.md as SQL for a server of one's own. */
const tenantTables = {
  logs: 'timestamp',
  spans: 'timestamp',
  series: null,
  samples: 'at',
  histograms: 'at',
  exemplars: 'at',
  metric_metadata: null,
  checks: 'at',
  monitor_states: 'at',
}
/** Views that read those tables as whoever asks, so that their filters hold. */
const tenantViews = ['metrics']

/** Tables whose rows come from no source. */
const sourceless = ['checks', 'monitor_states']

/**
 * The row filter of a tenant's query: the Worker names the query `<team>~<from ms>~<to ms>~<unique>~<sources, or nothing for all>`, and
 * SQL text cannot change a query's name. Constant for the query, so it prunes granules like a condition that was written there.
 */
const filter = (table: string, time: string | null) => {
  const part = (n: number) => `splitByChar('~', initialQueryID())[${n}]`
  const own = `team = toUUIDOrZero(${part(1)})`
  const between = `${time} &gt;= fromUnixTimestamp64Milli(toInt64OrZero(${part(2)})) AND ${time} &lt;= fromUnixTimestamp64Milli(toInt64OrZero(${part(3)}))`
  const named = `(${part(5)} = '' OR has(arrayMap(s -&gt; toUUIDOrZero(s), splitByChar(',', ${part(5)})), source_id))`
  return [own, ...(time === null ? [] : [between]), ...(sourceless.includes(table) ? [] : [named])].join(' AND ')
}

// clickhouse-local itself logs in as default with an empty password; the listener is on loopback only
const usersConfig = () => `<clickhouse>
  <profiles>
    <default/>
    <tenant>
      <readonly>1</readonly>
      <max_execution_time>30</max_execution_time>
      <max_memory_usage>2000000000</max_memory_usage>
      <max_result_rows>100000</max_result_rows>
      <result_overflow_mode>throw</result_overflow_mode>
      <use_query_cache>0</use_query_cache>
      <use_query_condition_cache>0</use_query_condition_cache>
      <allow_introspection_functions>0</allow_introspection_functions>
      <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
      <date_time_output_format>iso</date_time_output_format>
    </tenant>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
    <tenant>
      <password></password><networks><ip>127.0.0.1</ip></networks><profile>tenant</profile><quota>default</quota>
      <databases><tocsin>
        ${Object.entries(tenantTables)
          .map(([table, time]) => `<${table}><filter>${filter(table, time)}</filter></${table}>`)
          .join('\n        ')}
      </tocsin></databases>
      <grants>
        ${[...Object.keys(tenantTables), ...tenantViews]
          .map((table) => `<query>GRANT SELECT ON tocsin.${table}</query>`)
          .join('\n        ')}
      </grants>
    </tenant>
  </users>
</clickhouse>
`
