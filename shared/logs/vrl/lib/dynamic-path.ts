import * as kind from '../kind.ts'
import { kindText } from '../kind-text.ts'
import type { Path } from '../path.ts'
import { fail, isInteger, isString, text, toNumber, type Value } from '../value.ts'

/** A path that a program computes: an array of texts and integers. */
export function dynamicPath(path: readonly Value[]): Path {
  return path.map((step) => {
    if (isString(step)) return text(step)
    return isInteger(step) ? toNumber(step) : fail(`path segment must be either string or integer, not ${kindText(kind.ofValue(step))}`)
  })
}
