import { egress } from '../durable-objects/egress.ts'
import type { Env } from '../durable-objects/env.ts'
import { db } from '../shared/db.ts'
import { anySource, bucketPlace } from '../shared/logs/store.ts'
import type { SourceRow } from '../shared/logs/table.ts'
import { open, ring, secretFor } from '../shared/seal.ts'
import { isAllowedTarget } from '../shared/uptime/checks/guard.ts'
import type { Facade } from '../shared/warehouse/archive.ts'
import { signed } from '../shared/warehouse/sigv4.ts'

/** A bucket of a customer: where it is, and the key that opens it. */
export type Bucket = { base: string; id: string; secret: string; region: string }

/** `<endpoint>/<bucket>` of the source's own bucket, empty when its files go to ours. */
export const placeOf = ({ s3_bucket, s3_endpoint, s3_secret_sealed }: SourceRow): string =>
  s3_bucket && s3_endpoint && s3_secret_sealed ? `${s3_endpoint.replace(/\/+$/, '')}/${s3_bucket}` : ''

/** The source's own bucket; null when it has none, or another than `place`: then its key opens nothing there. */
export async function bucketOf(env: Env, team: string, source: string, place: string): Promise<Bucket | null> {
  const row = await anySource(db(env.DB), team, source)
  if (!row || !place || placeOf(row) !== place) return null
  const secret = await open(ring(env.SECRET_KEYS), 'at-rest', bucketPlace(team), row.s3_secret_sealed!)
  return secret === null ? null : { base: place, id: row.s3_access_key ?? '', secret, region: row.s3_region ?? 'us-east-1' }
}

/** In the customer's bucket names begin with this and not with our team: it is their bucket. */
export const theirKey = (key: string): string => key.replace(/^[^/]+\/cold\//, 'tocsin/')

const PASSED = ['content-type', 'range', 'content-md5']
const TIMEOUT_MS = 120_000

/**
 * Asks the customer's bucket, with their key, through the guarded network: ClickHouse itself never connects to an address that a
 * customer typed. Redirects are not followed. Throws when the address is not allowed or does not answer.
 */
export async function askBucket(
  env: Env,
  bucket: Bucket,
  key: string,
  search: string,
  asked: Pick<Request, 'method' | 'headers' | 'body'>,
): Promise<Response> {
  const url = new URL(`${bucket.base}/${theirKey(key)}${search}`)
  if (!isAllowedTarget(url, Boolean(env.ALLOW_PRIVATE_TARGETS))) throw new Error('This address is not allowed: it is private or not http.')
  const headers: Record<string, string> = {}
  for (const name of PASSED) if (asked.headers.has(name)) headers[name] = asked.headers.get(name)!
  const length = Number(asked.headers.get('content-length') ?? 0)
  return egress(env).fetch(url.href, {
    method: asked.method,
    headers: await signed(bucket, asked.method, url, Date.now(), headers),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // S3 takes no body whose length it is not told
    ...(asked.body && ['PUT', 'POST'].includes(asked.method)
      ? { body: length ? asked.body.pipeThrough(new FixedLengthStream(length)) : '' }
      : {}),
  })
}

/** What ClickHouse signs with when it comes to `/hooks/s3`: derived, so there is nothing to keep. */
export async function facadeOf(env: Env): Promise<Facade> {
  const secret = await secretFor(ring(env.SECRET_KEYS), 'archive')
  return { url: `${env.ARCHIVE_URL.replace(/\/+$/, '')}/hooks/s3`, id: 'tocsin', secret }
}
