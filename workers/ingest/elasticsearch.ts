import { parseRecords } from '../../shared/logs/split.ts'
import { linesOf } from './lines.ts'
import { Refused } from './refused.ts'
import { type LogRecord, storeLogs } from './store-logs.ts'
import { json, type Wire } from './wire.ts'

/** Clients of version 8 and later refuse a server that does not say this. */
const product = { 'x-elastic-product': 'Elasticsearch' }
const LINE_BYTES_MAX = 1_000_000
const TOGETHER = 200

type Item = { index: string; status: number; error?: { type: string; reason: string } }

/** Elasticsearch's names; what it calls rejected its clients send again. */
const types: Record<number, string> = {
  403: 'security_exception',
  413: 'content_too_long_exception',
  429: 'es_rejected_execution_exception',
  503: 'es_rejected_execution_exception',
}
const refuse: Wire['refuse'] = (_, status, reason) => {
  const type = types[status] ?? 'parse_exception'
  return elastic(status, { error: { type, reason, root_cause: [{ type, reason }] }, status })
}

/** `POST /_bulk` and `/{index}/_bulk`: documents to index or create become log records; each item has its own result. */
export const bulk: Wire = {
  refuse,
  async take(asked) {
    const items: [action: string, Item][] = []
    const into = decodeURIComponent(asked.url.pathname.match(/^\/([^/]+)\/_bulk$/)?.[1] ?? '')
    let batch: LogRecord[] = []
    let action: { name: string; index: string; id: unknown } | null = null
    const store = async () => {
      await storeLogs(asked, batch)
      batch = []
    }
    for await (const line of linesOf(asked.body.chunks(), LINE_BYTES_MAX)) {
      if (line === '') continue
      if (!action) {
        action = actionOf(line, into)
        if (action.name !== 'delete') continue
        items.push(['delete', failed(action.index, 'Documents are never deleted one by one.')])
        action = null
        continue
      }
      const item = await taken(action, line, batch)
      items.push([action.name, item])
      action = null
      if (batch.length >= TOGETHER) await store()
    }
    if (action) throw new Refused('unreadable', 'The bulk request must be terminated by a document and a newline [\\n].')
    await store()
    await asked.upload.commit()
    const errors = items.some(([, item]) => item.error)
    return elastic(200, { took: Date.now() - asked.at, errors, items: items.map(([name, item]) => ({ [name]: shown(item) })) })
  },
}

/** `GET /`: what clients and shippers ask before they send. */
export const handshake: Wire = {
  refuse,
  take: async () =>
    elastic(200, {
      name: 'tocsin',
      cluster_name: 'tocsin',
      cluster_uuid: 'tocsin',
      version: {
        number: '8.17.0',
        build_flavor: 'default',
        minimum_wire_compatibility_version: '7.17.0',
        minimum_index_compatibility_version: '7.0.0',
      },
      tagline: 'You Know, for Search',
    }),
}

function actionOf(line: string | null, into: string): { name: string; index: string; id: unknown } {
  const [name, meta] = Object.entries(Object(line === null ? null : parsed(line)) as Record<string, unknown>)[0] ?? []
  if (name !== 'index' && name !== 'create' && name !== 'update' && name !== 'delete')
    throw new Refused('unreadable', 'Malformed action/metadata line: expected one of index, create, update, delete.')
  const { _index, _id } = Object(meta) as Record<string, unknown>
  return { name, index: typeof _index === 'string' ? _index : into, id: _id }
}

async function taken(
  { name, index, id }: { name: string; index: string; id: unknown },
  line: string | null,
  batch: LogRecord[],
): Promise<Item> {
  if (line === null) return failed(index, 'A document is larger than 1 MB.')
  if (name === 'update') return failed(index, 'Documents are never updated: send them as create.')
  const document = parsed(line)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return failed(index, 'A document is a JSON object.')
  batch.push({ record: { ...document, ...(index ? { _index: index } : {}), ...(typeof id === 'string' ? { _id: id } : {}) } })
  return { index, status: 201 }
}

function parsed(line: string): unknown {
  try {
    return parseRecords(line.startsWith('[') ? line : `[${line}]`)[0]
  } catch {
    return null
  }
}

const failed = (index: string, reason: string): Item => ({ index, status: 400, error: { type: 'document_parsing_exception', reason } })
const shown = ({ index, status, error }: Item) =>
  error
    ? { _index: index, status, error }
    : { _index: index, _id: '', _version: 1, result: 'created', status, _seq_no: 0, _primary_term: 1 }
/** In the media type of the client's version, which it checks. */
const elastic = (status: number, body: unknown) => json(status, body, product)
