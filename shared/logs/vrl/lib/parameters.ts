import { required } from '../define.ts'
import * as kind from '../kind.ts'

export const textValue = required('value', kind.bytes)
export const anything = required('value', kind.any)
export const numberKind = kind.scalars(kind.scalar.integer | kind.scalar.float)
export const collection: kind.Kind = kind.union(kind.anyObject, kind.anyArray)
export const textOrRegex = kind.scalars(kind.scalar.bytes | kind.scalar.regex)
export const textOrNull = kind.orNull(kind.bytes)
export const texts = kind.arrayOf(kind.bytes)
