/** Every binding and setting: the list of the outside world, in the order of wrangler.toml. Secrets come from `wrangler secret put`. */
export interface Env {
  /** Metadata: what customers typed, heads, the outbox. */
  DB: D1Database
  /** Raw bytes under `<team>/…`: archives, big records, failed bodies. */
  COLD: R2Bucket
  /** Accepted rows on their way to ClickHouse where TRANSPORT is `queue`. */
  ROWS: Queue<Uint8Array<ArrayBuffer>>
  /** The dashboard's files. */
  ASSETS: Fetcher
  /** Cloudflare's mail; used for what leaves when MAILBOX is absent. */
  EMAIL: SendEmail
  /** Sign-in tries per address and minute. */
  SIGN_IN_LIMIT: RateLimit

  /** Base of every link we write; never taken from a Host header. */
  TOCSIN_URL: string
  /** `<subdomain>.<STATUS_DOMAIN>` is a status page. */
  STATUS_DOMAIN: string
  /** `open | invite | closed`. */
  SIGN_UP: string
  /** Non-empty lets checks and webhooks reach private and loopback addresses: installations that watch their own network. */
  ALLOW_PRIVATE_TARGETS: string
  /** The HTTP address of ClickHouse. */
  CLICKHOUSE_URL: string
  /** The user that inserts and reads; not the one tenants' SQL runs as. */
  CLICKHOUSE_USER: string
  /** The read-only user that tenants' SQL runs as; its row filters are the isolation. */
  CLICKHOUSE_TENANT_USER: string
  /** `spool | queue`: how accepted rows reach ClickHouse. */
  TRANSPORT: string
  /** Under which address ClickHouse reaches this Worker, to write and read archives through `/hooks/s3`; empty: nothing is archived. */
  ARCHIVE_URL: string
  /** `on | off`: whether teams are held to what their plan holds; off on an installation of one's own. */
  QUOTAS: string
  /** The sender of what we mail. */
  MAIL_FROM: string
  /** `host:port` that answers DNS over TCP: names why a check failed. */
  DNS_RESOLVER: string
  /** Twilio's API, for SMS and voice; another address in tests. */
  TWILIO_BASE_URL: string
  /** The account at Twilio; empty: SMS and voice end in the local mailbox, or are not offered. */
  TWILIO_ACCOUNT_SID: string
  /** The number that we call and write from, E.164. */
  TWILIO_FROM: string
  /** Telegram's Bot API; another address in tests. */
  TELEGRAM_BASE_URL: string
  /** The name of our bot, without @; empty: Telegram is not offered. */
  TELEGRAM_BOT: string

  /** Secret. Ring of keys, comma separated, the first seals and all open; ≥ 32 characters each. */
  SECRET_KEYS: string
  /** Secret. Of CLICKHOUSE_USER. */
  CLICKHOUSE_PASSWORD?: string
  /** Secret. Of CLICKHOUSE_TENANT_USER. */
  CLICKHOUSE_TENANT_PASSWORD?: string
  /** Secret. Of TWILIO_ACCOUNT_SID; also proves that a callback is Twilio's. */
  TWILIO_AUTH_TOKEN?: string
  /** Secret. Of TELEGRAM_BOT. */
  TELEGRAM_BOT_TOKEN?: string

  /** Runner only: workerd's network that refuses what customers' addresses must not reach. On Cloudflare the global fetch is public already. */
  EGRESS?: Fetcher
  /** Runner only: what would have left the building (`/mailbox`), and the demo shop. */
  MAILBOX?: Fetcher
  /** Runner only: a fixed API token of the demo team's owner, ≥ 32 characters. */
  TOCSIN_TOKEN?: string
}
