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
  /** These two and the next decide only how a sample looks. */
  format?: string
  minimum?: number
  minItems?: number
}
type Operation = {
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}
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

/**
 * Bodies of an operation that are as its schema wants them but for one text, which is `text`: one for every place where a text may stand,
 * each with that place's name.
 */
export function bodiesWith(doc: Document, operation: Operation, text: string): [place: string, body: unknown][] {
  const schema = operation.requestBody?.content?.['application/json']?.schema
  return schema ? withText(doc, schema, text, '$', 0) : []
}

const DEPTH_MAX = 6

function withText(doc: Document, given: Schema, text: string, at: string, depth: number): [string, unknown][] {
  const schema = resolved(doc, given)
  if (depth > DEPTH_MAX) return []
  const options = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (options) return options.flatMap((o) => withText(doc, o, text, at, depth + 1))
  if ('const' in schema || schema.enum) return []
  if (schema.items) return withText(doc, schema.items, text, `${at}[]`, depth + 1).map(([place, v]) => [place, [v]])
  if (schema.type === 'string') return [[at, text]]
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    withText(doc, property, text, `${at}.${name}`, depth + 1).map(([place, v]): [string, unknown] => [
      place,
      { ...(sample(doc, schema, depth) as object), [name]: v },
    ]),
  )
  const rest = schema.additionalProperties
  return typeof rest === 'object' && rest.type === 'string' ? [...named, [`${at}.*`, { [text]: 'x' }], [`${at}.x`, { x: text }]] : named
}

/** Something that fits, with what is required only. */
function sample(doc: Document, given: Schema, depth: number): unknown {
  const schema = resolved(doc, given)
  if (depth > DEPTH_MAX) return null
  const [option] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (option) return sample(doc, option, depth + 1)
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  switch ([schema.type].flat()[0]) {
    case 'string':
      return (
        { uuid: '01900000-0000-7000-8000-000000000000', 'date-time': '2026-03-23T09:00:00Z', uri: 'https://example.com/' }[
          schema.format ?? ''
        ] ?? 'x'
      )
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return false
    case 'array':
      return schema.minItems && schema.items ? [sample(doc, schema.items, depth + 1)] : []
    case 'null':
      return null
    default:
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(doc, schema.properties?.[name] ?? {}, depth + 1)]))
  }
}

const resolved = (doc: Document, schema: Schema): Schema =>
  schema.$ref ? resolved(doc, doc.components?.schemas?.[schema.$ref.split('/').at(-1)!] ?? {}) : schema

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
