import type { Env } from '../../durable-objects/env.ts'
import { sendRows } from '../../durable-objects/transport.ts'
import { logRow } from '../../shared/logs/row.ts'
import { type SplitError, Splitter } from '../../shared/logs/split.ts'
import { chunksOf } from './body.ts'
import type { Source } from './source.ts'

/**
 * `POST /` and `/api/logs/ingest`: Better Stack's wire. A JSON object, several, or an array of them → rows of `logs`. Answers 202 with an
 * empty body once every record is on disk; a body that cannot be read is refused whole before that, its first groups included only
 * when they were complete records.
 */
export async function ingestJson(request: Request, env: Env, source: Source, at: number): Promise<Response> {
  const splitter = new Splitter()
  const origin = { team: source.team, source: source.id, retentionDays: source.retentionDays, at }
  const store = async (groups: Iterable<string>) => {
    for (const group of groups) {
      const records = JSON.parse(group) as unknown[]
      await sendRows(env, 'logs', records.map((record) => `${logRow(record, origin)}\n`).join(''), records.length)
    }
  }
  try {
    for await (const chunk of chunksOf(request)) await store(splitter.push(chunk))
    await store(splitter.end())
  } catch (e) {
    if (isSplitError(e)) return e.error === 'not-json' ? text(406, "Couldn't parse JSON content.") : text(413, 'payload reached size limit')
    if (e instanceof SyntaxError) return text(406, "Couldn't parse JSON content.")
    throw e
  }
  return new Response(null, { status: 202 })
}

const isSplitError = (e: unknown): e is SplitError => typeof e === 'object' && e !== null && 'error' in e && 'at' in e
const text = (status: number, body: string) => new Response(body, { status, headers: { 'content-type': 'text/plain' } })
