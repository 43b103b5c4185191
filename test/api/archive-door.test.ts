import { beforeAll, expect, test } from 'vitest'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { claimHour } from '../../shared/logs/archive/store.ts'
import { archiveKey } from '../../shared/warehouse/archive.ts'
import { signed } from '../../shared/warehouse/sigv4.ts'
import { askBucket, facadeOf } from '../../workers/archive-place.ts'
import { aTeam, base, call, env } from '../given.ts'

// What ClickHouse does not do in the archive's own test: bodies in parts, ranges, names that are nobody's.

let key: string
beforeAll(async () => {
  const { team } = await aTeam()
  const hour = { team, source: newId(), kind: 'logs', hour: Date.UTC(2026, 10, 23, 10) } as const
  await claimHour(db(env.DB), hour, 1, '', Date.now())
  key = archiveKey(hour)
})

/** One request as ClickHouse signs it. */
async function s3(method: string, name: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(`${base}/hooks/s3/${name}`)
  const { id, secret } = await facadeOf(env)
  const auth = await signed({ id, secret, region: 'us-east-1' }, method, url, Date.now(), headers)
  return call(url.pathname + url.search, { method, headers: auth, ...(body === undefined ? {} : { body }) })
}

test('a file in parts is whole when it is completed, and read by ranges', async () => {
  const upload = (await (await s3('POST', `${key}?uploads`, '')).text()).match(/<UploadId>(.+)<\/UploadId>/)![1]!
  const parts = ['a'.repeat(5 * 1024 * 1024), 'the end']
  const etags: string[] = []
  for (const [i, part] of parts.entries()) {
    const answer = await s3('PUT', `${key}?partNumber=${i + 1}&uploadId=${encodeURIComponent(upload)}`, part)
    expect(answer.status).toBe(200)
    etags.push(answer.headers.get('etag')!)
  }
  expect((await s3('HEAD', key)).status).toBe(404)
  const list = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`).join('')
  expect((await s3('POST', `${key}?uploadId=${encodeURIComponent(upload)}`, `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`)).status).toBe(200) // biome-ignore format: one thought
  const tail = await s3('GET', key, undefined, { range: `bytes=${5 * 1024 * 1024 - 2}-` })
  expect([tail.status, await tail.text(), tail.headers.get('content-range')]).toEqual([206, 'aathe end', 'bytes 5242878-5242886/5242887'])
})

test('an upload that is given up leaves nothing', async () => {
  await s3('DELETE', key)
  const upload = (await (await s3('POST', `${key}?uploads`, '')).text()).match(/<UploadId>(.+)<\/UploadId>/)![1]!
  expect((await s3('DELETE', `${key}?uploadId=${encodeURIComponent(upload)}`)).status).toBe(204)
  expect((await s3('GET', key)).status).toBe(404)
})

test('only files that D1 lists are there; a forged or absent signature is refused before anything is looked at', async () => {
  await s3('PUT', key, 'rows')
  expect(await (await s3('GET', key)).text()).toBe('rows')
  for (const name of [key.replace('/10.parquet', '/11.parquet'), 'replay/logs/x.ndjson', `${key}/../../x`, key.replace('logs', 'checks')])
    expect((await s3('GET', name)).status).toBe(404)
  expect((await call(`/hooks/s3/${key}`)).status).toBe(403)
  const url = new URL(`${base}/hooks/s3/${key}`)
  const forged = await signed({ id: 'tocsin', secret: 'guess', region: 'us-east-1' }, 'GET', url, Date.now())
  expect((await call(url.pathname, { headers: forged })).status).toBe(403)
})

test('a private address is not asked, whatever name it has in the source', async () => {
  const bucket = { base: 'http://127.0.0.1:9/logs', id: 'a', secret: 'b', region: 'us-east-1' }
  const asked = { method: 'HEAD', headers: new Headers(), body: null }
  await expect(askBucket({ ...env, ALLOW_PRIVATE_TARGETS: '' }, bucket, key, '', asked)).rejects.toThrow('not allowed')
  for (const host of ['169.254.169.254', '[::1]', 'metadata.internal', '10.0.0.7'])
    await expect(askBucket({ ...env, ALLOW_PRIVATE_TARGETS: '' }, { ...bucket, base: `https://${host}/logs` }, key, '', asked)).rejects.toThrow('not allowed') // biome-ignore format: one thought
})

test('an hour is written by one at a time, and again only when it has more rows', async () => {
  const { team } = await aTeam()
  const hour = { team, source: newId(), kind: 'spans', hour: 3_600_000 } as const
  const at = Date.now()
  const claims = await Promise.all(Array.from({ length: 5 }, () => claimHour(db(env.DB), hour, 10, '', at)))
  expect(claims.filter(Boolean)).toHaveLength(1)
  // whoever had it died
  expect(await claimHour(db(env.DB), hour, 10, '', at + 900_001)).toBe(true)
})
