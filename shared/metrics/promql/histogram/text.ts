import { formatG } from '../text/number.ts'
import { negativeBuckets, positiveBuckets, zeroBucket } from './bounds.ts'
import { type Bucket, type Buckets, CUSTOM_SCHEMA, type Histogram } from './histogram.ts'

/** `{count:10, sum:5, (1,2]:3}`: the text count_values groups by. */
export function printHistogram(h: Histogram): string {
  const parts = [`count:${formatG(h.count)}`, `sum:${formatG(h.sum)}`]
  for (const b of negativeBuckets(h).reverse()) if (b.count !== 0) parts.push(printBucket(b))
  if (h.zeroCount !== 0) parts.push(printBucket(zeroBucket(h)))
  for (const b of positiveBuckets(h)) if (b.count !== 0) parts.push(printBucket(b))
  return `{${parts.join(', ')}}`
}

/** `{{schema:1 count:22 sum:3 buckets:[5 10 7]}}`: as test scripts write a histogram. */
export function describeHistogram(h: Histogram): string {
  const parts: string[] = []
  if (h.schema !== 0) parts.push(`schema:${h.schema}`)
  if (h.count !== 0) parts.push(`count:${formatG(h.count)}`)
  if (h.sum !== 0) parts.push(`sum:${formatG(h.sum)}`)
  if (h.zeroCount !== 0) parts.push(`z_bucket:${formatG(h.zeroCount)}`)
  if (h.zeroThreshold !== 0) parts.push(`z_bucket_w:${formatG(h.zeroThreshold)}`)
  if (h.schema === CUSTOM_SCHEMA) parts.push(`custom_values:[${(h.bounds ?? []).map(formatG).join(' ')}]`)
  if (h.hint !== 'unknown') parts.push(`counter_reset_hint:${h.hint}`)
  describeBuckets(h.positive, '', parts)
  describeBuckets(h.negative, 'n_', parts)
  return `{{${parts.join(' ')}}}`
}

const printBucket = (b: Bucket): string =>
  `${b.lowerInclusive ? '[' : '('}${formatG(b.lower)},${formatG(b.upper)}${b.upperInclusive ? ']' : ')'}:${formatG(b.count)}`

function describeBuckets({ index, count }: Buckets, prefix: string, parts: string[]): void {
  const first = index[0]
  const last = index.at(-1)
  if (first === undefined || last === undefined) return
  if (first !== 0) parts.push(`${prefix}offset:${first}`)
  const dense = Array.from({ length: last - first + 1 }, (_, i) => count[index.indexOf(first + i)] ?? 0)
  parts.push(`${prefix}buckets:[${dense.map(formatG).join(' ')}]`)
}
