import { msgpackRecords } from '../../shared/logs/msgpack.ts'
import { parseRecords, type SplitError, Splitter } from '../../shared/logs/split.ts'
import { Refused, tooLarge } from './refused.ts'
import { type LogRecord, storeLogs } from './store-logs.ts'
import type { Asked, Wire } from './wire.ts'

/**
 * `POST /` and `/api/logs/ingest`: Better Stack's wire. JSON (an object, several, or an array of them) or MessagePack (the same).
 * 202 with an empty body once every record is on disk; a body that cannot be read to its end is refused and nothing of it is stored.
 */
export const json: Wire = {
  unreadable: 406,
  async take(asked) {
    if (/msgpack/i.test(asked.request.headers.get('content-type') ?? '')) await takeMsgpack(asked)
    else await takeJson(asked)
    await asked.upload.commit()
    return new Response(null, { status: 202 })
  },
}

/** Up to here a body is parsed at once when it is one array or lines: nearly all are, and looking for records costs as much as parsing. */
const WHOLE_BYTES = 256 * 1024

async function takeJson(asked: Asked): Promise<void> {
  if (Number(asked.request.headers.get('content-length') ?? WHOLE_BYTES) < WHOLE_BYTES) return takeSmall(asked)
  return takeLarge(asked, asked.body.chunks())
}

async function takeSmall(asked: Asked): Promise<void> {
  const bytes = await asked.body.bytes()
  const records = bytes.length < WHOLE_BYTES ? wholeOf(new TextDecoder().decode(bytes).trim(), await parserFor(asked)) : null
  if (!records) return takeLarge(asked, [bytes])
  await storeLogs(
    asked,
    records.map((record) => ({ record })),
  )
}

/** Null when it is neither an array nor one value a line: the splitter says what it is. */
function wholeOf(text: string, parse: Parse): unknown[] | null {
  if (!text) return null
  try {
    return parse(text.startsWith('[') ? text : `[${text.replace(/\}\r?\n\{/g, '},{')}]`)
  } catch {
    return null
  }
}

async function takeLarge(asked: Asked, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  const splitter = new Splitter()
  const parse = await parserFor(asked)
  try {
    for await (const chunk of chunks) for (const group of splitter.push(chunk)) await storeLogs(asked, recordsOf(group, parse))
    for (const group of splitter.end()) await storeLogs(asked, recordsOf(group, parse))
  } catch (e) {
    if (isSplitError(e) && e.error === 'record-too-large') throw tooLarge()
    if (isSplitError(e) || e instanceof SyntaxError) throw new Refused('unreadable', "Couldn't parse JSON content.")
    throw e
  }
}

async function takeMsgpack(asked: Asked): Promise<void> {
  const bytes = await asked.body.bytes()
  const found = msgpackRecords(bytes)
  await storeLogs(
    asked,
    (function* (): Generator<LogRecord> {
      for (const record of found) {
        if (record === 'record-too-large') throw tooLarge()
        if (record === 'not-msgpack') throw new Refused('unreadable', "Couldn't parse MessagePack content.")
        yield record
      }
    })(),
  )
}

type Parse = (group: string) => unknown[]
/** A program sees numbers as they were written. */
const parserFor = async ({ source }: Asked): Promise<Parse> => (source.vrl.logs ? (await import('./pipeline.ts')).parseExact : parseRecords)
const recordsOf = (group: string, parse: Parse): LogRecord[] => parse(group).map((record) => ({ record }))
export const isSplitError = (e: unknown): e is SplitError => typeof e === 'object' && e !== null && 'error' in e && 'at' in e
