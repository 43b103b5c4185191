import type { Definition } from './define.ts'
import { encodeJson, parseJson } from './json.ts'
import { type Context, compileWith, type Options } from './program.ts'

/** The moment at which tests run programs: 2026-05-05T12:00:00Z. */
export const noon = Date.UTC(2026, 4, 5, 12)

export interface Setting {
  /** JSON. */
  readonly event?: unknown
  readonly context?: Partial<Context>
  readonly options?: Options
}

/** The JSON a program gives; `error: …` when it fails, code and labels when it does not compile. */
export function evaluate(definitions: readonly Definition[], source: string, { event = {}, context, options }: Setting = {}): string {
  const compiled = compileWith(new Map(definitions.map((d) => [d.name, d])), source, options)
  if ('diagnostics' in compiled)
    return compiled.diagnostics.map((d) => `E${d.code} ${d.labels.map((l) => l.message).join('; ')}`).join('\n')
  const outcome = compiled.program.run(parseJson(JSON.stringify(event)), { at: noon, ...context })
  if ('error' in outcome) return `error: ${outcome.error.replace(/^function call error for "\w+" at \(\d+:\d+\): /, '')}`
  return 'aborted' in outcome ? `aborted: ${outcome.aborted}` : encodeJson(outcome.ok)
}

/** A compiled descriptor set with `test_protobuf.v1.Person`: a name, an id, an email and phones. */
export function personDescriptors(): Uint8Array {
  const part = (field: number, body: string): string => String.fromCharCode((field << 3) | 2, body.length) + body
  const number = (field: number, n: number): string => String.fromCharCode(field << 3, n)
  const field = (name: string, at: number, label: number, type: number, typeName = ''): string =>
    part(2, part(1, name) + number(3, at) + number(4, label) + number(5, type) + (typeName && part(6, typeName)) + part(10, name))
  const phone = part(3, part(1, 'PhoneNumber') + field('number', 1, 1, 9))
  const phones = field('phones', 4, 3, 11, '.test_protobuf.v1.Person.PhoneNumber')
  // Longer than 127 bytes, so its length takes two.
  const person = part(1, 'Person') + field('name', 1, 1, 9) + field('id', 2, 1, 5) + field('email', 3, 1, 9) + phones + phone
  const long = (at: number, body: string): string => String.fromCharCode((at << 3) | 2, (body.length & 127) | 128, body.length >> 7) + body
  const file = part(1, 'test_protobuf.proto') + part(2, 'test_protobuf.v1') + long(4, person) + part(12, 'proto3')
  return Uint8Array.from(long(1, file), (c) => c.charCodeAt(0))
}
