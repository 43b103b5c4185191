import { exports } from 'cloudflare:workers'

/** What we read of a JSON Schema; the document holds no other keywords that decide anything about an answer. */
type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
type Operation = { responses: Record<string, { content?: Record<string, { schema?: Schema }> }> }
export type Document = { paths: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } }

let document: Promise<Document> | undefined

/** The OpenAPI document the Worker serves; one reading per test file. It needs a credential like everything else. */
export const openapi = (key: string): Promise<Document> => {
  document ??= (exports as unknown as { default: Fetcher }).default
    .fetch(new Request('http://localhost/api/openapi.json', { headers: { authorization: `Bearer ${key}` } }))
    .then((r) => r.json<Document>())
  return document
}

/** Where an answer differs from the document, or null. Answers that are not JSON are not looked into. */
export function differs(doc: Document, method: string, path: string, status: number, type: string, body: unknown): string | null {
  if (!/json/.test(type)) return null
  const pathname = path.split('?')[0]!
  const found = Object.keys(doc.paths).find(
    (p) => new RegExp(`^${p.replace(/\{[^}]+\}/g, '[^/]+')}/?$`).test(pathname) && doc.paths[p]![method.toLowerCase()],
  )
  if (!found) return status === 404 || status === 401 || status === 405 ? null : `${method} ${pathname} is not in the document`
  const responses = doc.paths[found]![method.toLowerCase()]!.responses
  const response = responses[status] ?? (status >= 400 ? responses.default : undefined)
  if (!response) return `${method} ${found} answered ${status}, which the document does not have`
  const schema = Object.values(response.content ?? {})[0]?.schema
  return schema ? mismatch(doc, schema, body, `${method} ${found} ${status} $`) : null
}

function mismatch(doc: Document, schema: Schema, value: unknown, at: string): string | null {
  if (schema.$ref) {
    const named = doc.components?.schemas?.[schema.$ref.split('/').at(-1)!]
    return named ? mismatch(doc, named, value, at) : `${at}: ${schema.$ref} does not exist`
  }
  const options = schema.anyOf ?? schema.oneOf
  if (options) {
    const all = options.map((o) => mismatch(doc, o, value, at))
    return all.includes(null) ? null : `${at} fits none of ${options.length}: ${all.find(Boolean)}`
  }
  for (const part of schema.allOf ?? []) {
    const why = mismatch(doc, part, value, at)
    if (why) return why
  }
  if ('const' in schema && value !== schema.const) return `${at} is not ${JSON.stringify(schema.const)}`
  if (schema.enum && !schema.enum.includes(value)) return `${at} is none of ${schema.enum.join(', ')}`
  if (schema.type && ![schema.type].flat().some((t) => is(t, value)))
    return `${at} is ${value === null ? 'null' : typeof value}, not ${schema.type}`
  if (Array.isArray(value) && schema.items) return first(value.map((v, i) => () => mismatch(doc, schema.items!, v, `${at}[${i}]`)))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const missing = (schema.required ?? []).find((k) => !(k in value))
  if (missing) return `${at}.${missing} is missing`
  return first(
    Object.entries(value).map(([k, v]) => () => {
      const known = schema.properties?.[k]
      if (known) return mismatch(doc, known, v, `${at}.${k}`)
      if (schema.additionalProperties === false) return `${at}.${k} is not in the document`
      return typeof schema.additionalProperties === 'object' ? mismatch(doc, schema.additionalProperties, v, `${at}.${k}`) : null
    }),
  )
}

const first = (checks: (() => string | null)[]): string | null => {
  for (const check of checks) {
    const why = check()
    if (why) return why
  }
  return null
}

const is = (type: string, value: unknown): boolean =>
  type === 'null'
    ? value === null
    : type === 'array'
      ? Array.isArray(value)
      : type === 'object'
        ? typeof value === 'object' && value !== null && !Array.isArray(value)
        : type === 'integer'
          ? Number.isInteger(value)
          : typeof value === type
