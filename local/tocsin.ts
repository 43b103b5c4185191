import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { type Request as Asked, convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler'
import { demo as account } from '../shared/auth/demo.ts'
import { build } from './build.ts'
import { startClickHouse } from './clickhouse.ts'
import { migrateClickHouse } from './clickhouse-migrate.ts'
import { startClocks } from './clocks.ts'
import { migrateD1 } from './d1-migrate.ts'
import { seedDemo } from './demo.ts'
import { openMailbox } from './mailbox.ts'
import { openShop } from './shop.ts'
import { startShopTelemetry } from './shop-telemetry.ts'

export type Options = {
  port: number
  /** Folder of everything that must survive a restart. */
  state: string
  demo: boolean
  token?: string | undefined
  say: (line: string) => void
  /** The address of a ClickHouse of one's own; without it one is started beside. */
  clickhouse?: string | undefined
  /** Settings that replace wrangler.toml's, for tests and benches. */
  settings?: Record<string, string>
  /** Port of workerd's inspector, for benches that ask it about memory. */
  inspector?: number
}

/** Everything on one machine and one port: workerd with all bindings, the real ClickHouse, clocks, the mailbox. Loopback only. */
export async function start({ port, state, demo, token, say, clickhouse: own, settings = {}, inspector }: Options) {
  const began = performance.now()
  if (token && token.length < 32) throw new Error('TOCSIN_TOKEN must be 32 characters or longer')
  mkdirSync(state, { recursive: true })
  const [clickhouse, rebuilt] = await Promise.all([
    own ? { url: own, stop: async () => {} } : startClickHouse(resolve(state, 'clickhouse')),
    build(),
  ])
  if (rebuilt.length) say(`Built ${rebuilt.join(' and ')}`)
  await migrateClickHouse(clickhouse.url, 'clickhouse-migrations')
  const mailbox = openMailbox(resolve(state, 'mailbox.ndjson'))
  const url = `http://localhost:${port}`
  const shop = openShop(url)
  // the runner itself speaks as the owner on a first start, whether or not a token was given
  const owner = token ?? randomBytes(32).toString('hex')

  process.env.WORKERD = createRequire(import.meta.url)('workerd').default
  process.env.MINIFLARE_WORKERD_PATH = new URL('workerd.sh', import.meta.url).pathname
  const config = unstable_readConfig({ config: 'wrangler.toml' })
  const { workerOptions } = unstable_getMiniflareWorkerOptions('wrangler.toml')
  const bindings = {
    ...(workerOptions.bindings as object),
    TOCSIN_URL: url,
    STATUS_DOMAIN: 'status.localhost',
    SIGN_UP: 'open',
    ALLOW_PRIVATE_TARGETS: '1',
    CLICKHOUSE_URL: clickhouse.url,
    ARCHIVE_URL: `http://127.0.0.1:${port}`,
    SECRET_KEYS: secretKeys(resolve(state, 'secret-keys')),
    TOCSIN_TOKEN: owner,
    ...settings,
  }
  const { assets, ...rest } = workerOptions as typeof workerOptions & { assets: object }
  const worker = {
    ...rest,
    name: config.name,
    // workerd's own socket: Miniflare's entry, its router of assets and a proxy before both are three Workers more on the way of
    // every request, and took 6 of 20 µs per event (docs/performance.md)
    unsafeDirectSockets: [{ host: '127.0.0.1', port }],
    modulesRules: undefined,
    modules: [{ type: 'ESModule', path: 'index.js', contents: readFileSync('.tocsin/build/index.js', 'utf8') }],
    bindings,
    serviceBindings: {
      ASSETS: 'assets',
      EGRESS: { network: { allow: bindings.ALLOW_PRIVATE_TARGETS ? ['public', 'private'] : ['public'] } },
      MAILBOX: (request: Asked) =>
        new URL(request.url).pathname.startsWith('/mailbox/shop') ? shop.answer(request) : mailbox.fetch(request),
    },
  }
  const files = {
    name: 'assets',
    compatibilityDate: config.compatibility_date,
    modules: [{ type: 'ESModule', path: 'assets.js', contents: 'export default {}' }],
    assets: { ...assets, binding: undefined, run_worker_first: undefined, routerConfig: { has_user_worker: false } },
  }
  const options = {
    host: '127.0.0.1',
    port: 0,
    cf: false,
    telemetry: { enabled: false },
    unsafeTriggerHandlers: true,
    ...(inspector ? { inspectorPort: inspector } : {}),
    log: new Log(LogLevel.ERROR),
    workers: [worker, files],
  }
  const mf = new Miniflare({
    ...convertV4MiniflareOptions(options as unknown as Parameters<typeof convertV4MiniflareOptions>[0]),
    resourcePersistencePath: resolve(state, 'objects'),
    handleStructuredLogs: ({ message }: { message: string }) => logLine(message),
  } as ConstructorParameters<typeof Miniflare>[0])
  try {
    const entry = await mf.ready
    const db = await mf.getD1Database('DB')
    await migrateD1(db as never, 'd1-migrations')
    say(`Started in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    const seeded = await seedDemo(db as never, { demo, base: url, token: owner, at: Date.now() })
    if (seeded) writeFileSync(resolve(state, 'shop-token'), seeded, { mode: 0o600 })
    const stopClocks = startClocks(entry.origin, config.triggers.crons ?? [])
    const shopToken = demo && existsSync(resolve(state, 'shop-token')) ? readFileSync(resolve(state, 'shop-token'), 'utf8') : null
    const stopShop = startShopTelemetry(shopToken ? { base: url, token: shopToken } : null, shop.isBroken, Boolean(seeded), Date.now())
    say(`Sign in: ${account.email} / ${account.password}`)
    say(`Tocsin is ready: ${url}`)
    return {
      url,
      clickhouse: clickhouse.url,
      mf,
      async stop() {
        stopShop()
        stopClocks()
        await mf.dispose()
        await clickhouse.stop()
      },
    }
  } catch (e) {
    await mf.dispose().catch(() => {})
    await clickhouse.stop()
    throw e
  }
}

/** workerd prints a stack for every failed fetch; our own lines are JSON. Only those and real crashes are worth a terminal. */
function logLine(message: string) {
  if (!message.startsWith('{"event":')) return
  if (process.env.TOCSIN_LOG || /"event":"(request-failed|bug)"/.test(message)) console.error(message)
}

function secretKeys(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
