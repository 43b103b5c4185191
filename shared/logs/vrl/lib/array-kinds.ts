import * as kind from '../kind.ts'
import { exactLength } from '../kind-path.ts'

/** The kind of one array behind another. */
export function joinArrays(a: kind.Collection<number>, b: kind.Collection<number>): kind.Collection<number> {
  const length = exactLength(a)
  if (length === undefined) return kind.mergeCollections(kind.anonymize(a), kind.anonymize(b), false)
  const known = new Map([...a.known, ...[...b.known].map(([i, k]) => [i + length, k] as const)])
  return { known, unknown: b.unknown }
}
