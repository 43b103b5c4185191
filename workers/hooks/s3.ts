import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { readHour } from '../../shared/logs/archive/store.ts'
import { ARCHIVE_KEY, type Kind } from '../../shared/warehouse/archive.ts'
import { isSigned } from '../../shared/warehouse/sigv4.ts'
import { askBucket, bucketOf, facadeOf } from '../archive-place.ts'

/**
 * `/hooks/s3/<key>`: as much of S3 as ClickHouse's table function `s3` speaks, for files of archives alone. A file lies in our bucket or in
 * the one of its source: D1 knows. Signed with a key that only ClickHouse gets.
 */
export const s3Hooks = new Hono<{ Bindings: Env }>().all('/*', async (c) => {
  const { url: _, ...key } = await facadeOf(c.env)
  if (!(await isSigned(key, c.req.raw, Date.now()))) return failed(403, 'SignatureDoesNotMatch', 'The signature is not ours.')
  const url = new URL(c.req.url)
  const name = decodeURIComponent(url.pathname).replace(/^\/hooks\/s3\//, '')
  const [, team, source, kind, ...day] = name.match(ARCHIVE_KEY) ?? []
  if (!team || !source) return failed(404, 'NoSuchKey', 'There is no such file here.')
  const [year, month, date, hour] = day.map(Number) as [number, number, number, number]
  const file = await readHour(db(c.env.DB), { team, source, kind: kind as Kind, hour: Date.UTC(year, month - 1, date, hour) })
  if (!file) return failed(404, 'NoSuchKey', 'There is no such file here.')
  if (/aws-chunked/i.test(c.req.header('content-encoding') ?? ''))
    return failed(501, 'NotImplemented', 'Chunked signatures are not read here.')
  if (!file.place) return ours(c.env.COLD, name, url.searchParams, c.req.raw)
  const bucket = await bucketOf(c.env, team, source, file.place)
  if (!bucket) return failed(403, 'AccessDenied', 'The source has another bucket by now.')
  try {
    return passed(await askBucket(c.env, bucket, name, url.search, c.req.raw))
  } catch (e) {
    return failed(502, 'BadGateway', e instanceof Error ? e.message : 'The bucket does not answer.')
  }
})

async function ours(bucket: R2Bucket, key: string, query: URLSearchParams, asked: Request): Promise<Response> {
  const upload = query.get('uploadId')
  switch (asked.method) {
    case 'PUT': {
      const body = asked.body ?? new Uint8Array()
      if (!upload) return new Response(null, { headers: { etag: (await bucket.put(key, body))!.httpEtag } })
      const part = await bucket.resumeMultipartUpload(key, upload).uploadPart(Number(query.get('partNumber')), body)
      return new Response(null, { headers: { etag: `"${part.etag}"` } })
    }
    case 'POST': {
      if (query.has('uploads'))
        return xml(`<InitiateMultipartUploadResult><UploadId>${(await bucket.createMultipartUpload(key)).uploadId}</UploadId></InitiateMultipartUploadResult>`) // biome-ignore format: one thought
      const parts = [...(await asked.text()).matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, part]) => ({
        partNumber: Number(part!.match(/<PartNumber>(\d+)</)?.[1]),
        etag: part!.match(/<ETag>(?:"|&quot;)?([^<"&]+)/)?.[1] ?? '',
      }))
      const made = await bucket.resumeMultipartUpload(key, upload ?? '').complete(parts)
      return xml(`<CompleteMultipartUploadResult><ETag>${made.etag}</ETag></CompleteMultipartUploadResult>`)
    }
    case 'DELETE':
      await (upload ? bucket.resumeMultipartUpload(key, upload).abort() : bucket.delete(key))
      return new Response(null, { status: 204 })
    case 'HEAD': {
      const head = await bucket.head(key)
      if (!head) return new Response(null, { status: 404 })
      return new Response(null, { headers: headersOf(head) })
    }
    case 'GET': {
      const range = asked.headers.get('range')
      const object = await bucket.get(key, range ? { range: asked.headers } : {})
      if (!object) return failed(404, 'NoSuchKey', 'There is no such file here.')
      if (!range) return new Response(object.body, { headers: headersOf(object) })
      const { offset = 0, length = object.size - offset } = object.range as { offset?: number; length?: number }
      const headers = { ...headersOf(object), 'content-range': `bytes ${offset}-${offset + length - 1}/${object.size}` }
      return new Response(object.body, { status: 206, headers: { ...headers, 'content-length': String(length) } })
    }
    default:
      return failed(405, 'MethodNotAllowed', 'This is not done here.')
  }
}

const headersOf = (object: R2Object) => ({
  etag: object.httpEtag,
  'last-modified': object.uploaded.toUTCString(),
  'content-length': String(object.size),
  'accept-ranges': 'bytes',
})

/** Their answer without what speaks of the connection to them. */
function passed(answer: Response): Response {
  const headers = new Headers()
  for (const name of ['etag', 'content-length', 'content-range', 'content-type', 'last-modified', 'accept-ranges'])
    if (answer.headers.has(name)) headers.set(name, answer.headers.get(name)!)
  return new Response(answer.body, { status: answer.status < 300 || answer.status >= 400 ? answer.status : 502, headers })
}

const xml = (body: string, status = 200) =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>${body}`, { status, headers: { 'content-type': 'application/xml' } })
const failed = (status: number, code: string, message: string) =>
  xml(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status)
