import { type Parameter, required } from '../define.ts'
import * as kind from '../kind.ts'
import { kindText } from '../kind-text.ts'
import { Failure, type Int, type Text, text, toBytes, type Value } from '../value.ts'

/** A parameter whose kind the function itself looks at with `late`, after what it says of those before it. */
export const lately = (p: Parameter): Parameter => ({ ...p, otherwise: 'takes' })

export function late(k: kind.Kind, v: Value): Value {
  if (kind.isSuperset(k, kind.ofValue(v))) return v
  throw new Failure(`expected ${kindText(k)}, got ${kindText(kind.ofValue(v))}`)
}
export const lateText = (v: Value): string => text(late(kind.bytes, v) as Text)
export const lateBytes = (v: Value): Uint8Array => toBytes(late(kind.bytes, v) as Text)
export const lateInt = (v: Value): Int => late(kind.integer, v) as Int

export const textValue = required('value', kind.bytes)
export const anything = required('value', kind.any)
export const numberKind = kind.scalars(kind.scalar.integer | kind.scalar.float)
export const collection: kind.Kind = kind.union(kind.anyObject, kind.anyArray)
export const textOrRegex = kind.scalars(kind.scalar.bytes | kind.scalar.regex)
export const textOrNull = kind.orNull(kind.bytes)
export const texts = kind.arrayOf(kind.bytes)
