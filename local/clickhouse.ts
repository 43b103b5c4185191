import { spawn } from 'node:child_process'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { usersConfig } from './clickhouse-users.ts'

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  const { port } = server.address() as { port: number }
  await new Promise((ok) => server.close(ok))
  return port
}

/**
 * A real ClickHouse HTTP server on 127.0.0.1, out of the chdb npm package. Its identity is checked: another process that took
 * the port between our choice and its start answers with another path, and we choose again. `more` is for tests that need a cluster.
 */
export async function startClickHouse(dir: string, port?: number, more: More = {}) {
  mkdirSync(dir, { recursive: true })
  const data = resolve(dir, 'data')
  for (let attempt = 0; ; attempt++) {
    const server = await tryStart(dir, data, port ?? (await freePort()), more)
    if (server) return server
    if (port || attempt === 4) throw new Error(`ClickHouse did not start, see ${resolve(dir, 'stderr.log')}`)
  }
}

/** `tcp`: a port for other servers; `xml`: more of the server's configuration. */
type More = { tcp?: number; xml?: string }

async function tryStart(dir: string, data: string, port: number, { tcp, xml = '' }: More) {
  const config = resolve(dir, 'config.xml')
  writeFileSync(config, serverConfig(dir, xml))
  writeFileSync(resolve(dir, 'users.xml'), usersConfig())
  const child = spawn(
    process.execPath,
    [new URL('clickhouse-server.ts', import.meta.url).pathname, data, String(port), config, ...(tcp ? [String(tcp)] : [])],
    {
      stdio: ['pipe', 'ignore', openSync(resolve(dir, 'stderr.log'), 'w')],
      detached: true,
    },
  )
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

const serverConfig = (dir: string, xml: string) => `<clickhouse>
  <logger><level>warning</level><log>${resolve(dir, 'server.log')}</log></logger>
  <users_config>${resolve(dir, 'users.xml')}</users_config>
  <max_server_memory_usage_to_ram_ratio>0.5</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>268435456</mark_cache_size>
  <storage_configuration>
    <disks><cold><type>local</type><path>${resolve(dir, 'cold')}/</path></cold></disks>
    <policies>
      <tiered>
        <volumes><default><disk>default</disk></default><cold><disk>cold</disk></cold></volumes>
        <move_factor>0</move_factor>
      </tiered>
    </policies>
  </storage_configuration>${xml}
</clickhouse>
`
