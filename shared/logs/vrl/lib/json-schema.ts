import { sameValue } from '../arithmetic.ts'
import { encodeJson } from '../json.ts'
import { patternOrFail } from '../regex.ts'
import {
  type Fields,
  field,
  fieldNames,
  type Int,
  isFloat,
  isInteger,
  isObject,
  isString,
  kindOf,
  text,
  toNumber,
  type Value,
} from '../value.ts'

/** What of a document offends the usual keywords of JSON Schema; `$ref` and formats are not followed. */
export function schemaFaults(v: Value, schema: Value, at: string): string[] {
  if (schema === false) return [`False schema does not allow ${encodeJson(v)} at ${at || '/'}`]
  if (!isObject(schema)) return []
  const faults: string[] = []
  const check = (ok: boolean, message: string): void => {
    if (!ok) faults.push(`${message} at ${at || '/'}`)
  }
  const list = (name: string): Value[] => (Array.isArray(schema[name]) ? (schema[name] as Value[]) : [])
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type]
  if (types.length > 0)
    check(
      types.some((t) => isType(v, String(t))),
      `${encodeJson(v)} is not of type ${types.map((t) => encodeJson(t)).join(', ')}`,
    )
  if (Array.isArray(schema.enum))
    check(
      schema.enum.some((e) => sameValue(e, v)),
      `${encodeJson(v)} is not one of ${encodeJson(schema.enum)}`,
    )
  if (schema.const !== undefined) check(sameValue(schema.const, v), `${encodeJson(schema.const)} was expected`)
  numeric(v, schema, check)
  if (isString(v)) {
    const n = [...text(v)].length
    if (isInteger(schema.minLength ?? null))
      check(n >= toNumber(schema.minLength as Int), `${encodeJson(v)} is shorter than ${toNumber(schema.minLength as Int)} characters`)
    if (isInteger(schema.maxLength ?? null))
      check(n <= toNumber(schema.maxLength as Int), `${encodeJson(v)} is longer than ${toNumber(schema.maxLength as Int)} characters`)
    if (typeof schema.pattern === 'string')
      check(patternOrFail(schema.pattern).test(text(v)), `${encodeJson(v)} does not match ${encodeJson(schema.pattern)}`)
  }
  if (Array.isArray(v)) {
    if (isInteger(schema.minItems ?? null)) check(v.length >= toNumber(schema.minItems as Int), 'has too few items')
    if (isInteger(schema.maxItems ?? null)) check(v.length <= toNumber(schema.maxItems as Int), 'has too many items')
    if (schema.items !== undefined) for (const [i, x] of v.entries()) faults.push(...schemaFaults(x, schema.items, `${at}/${i}`))
  }
  if (isObject(v)) faults.push(...objectFaults(v, schema, at))
  for (const s of list('allOf')) faults.push(...schemaFaults(v, s, at))
  if (list('anyOf').length > 0)
    check(
      list('anyOf').some((s) => schemaFaults(v, s, at).length === 0),
      'is not valid under any of the given schemas',
    )
  if (list('oneOf').length > 0)
    check(
      list('oneOf').filter((s) => schemaFaults(v, s, at).length === 0).length === 1,
      'is not valid under exactly one of the given schemas',
    )
  if (schema.not !== undefined) check(schemaFaults(v, schema.not, at).length > 0, 'is not allowed')
  return faults
}

function numeric(v: Value, schema: Fields, check: (ok: boolean, message: string) => void): void {
  if (!isInteger(v) && !isFloat(v)) return
  const limit = (name: string): number | undefined => {
    const x = schema[name]
    return x !== undefined && (isInteger(x) || isFloat(x)) ? toNumber(x) : undefined
  }
  const n = toNumber(v)
  const [min, max, above, below] = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map(limit)
  if (min !== undefined) check(n >= min, `${n} is less than the minimum of ${min}`)
  if (max !== undefined) check(n <= max, `${n} is greater than the maximum of ${max}`)
  if (above !== undefined) check(n > above, `${n} is less than or equal to the minimum of ${above}`)
  if (below !== undefined) check(n < below, `${n} is greater than or equal to the maximum of ${below}`)
}

function objectFaults(v: Fields, schema: Fields, at: string): string[] {
  const faults: string[] = []
  if (Array.isArray(schema.required))
    for (const r of schema.required)
      if (typeof r === 'string' && field(v, r) === undefined) faults.push(`"${r}" is a required property at ${at || '/'}`)
  const properties = isObject(schema.properties) ? schema.properties : {}
  for (const k of fieldNames(v)) {
    const own = field(properties, k)
    if (own !== undefined) faults.push(...schemaFaults(v[k]!, own, `${at}/${k}`))
    else if (schema.additionalProperties === false)
      faults.push(`Additional properties are not allowed ('${k}' was unexpected) at ${at || '/'}`)
    else if (schema.additionalProperties !== undefined) faults.push(...schemaFaults(v[k]!, schema.additionalProperties, `${at}/${k}`))
  }
  return faults
}

function isType(v: Value, type: string): boolean {
  const found = kindOf(v)
  if (type === 'number') return found === 'integer' || found === 'float'
  if (type === 'integer') return found === 'integer' || (isFloat(v) && Number.isInteger(toNumber(v)))
  return found === type
}
