import type { Mended } from '../histogram/classic.ts'
import type { Span } from '../syntax/ast.ts'
import { lineAndColumn } from '../syntax/position.ts'
import { formatG } from '../text/number.ts'
import { quote } from '../text/quoted.ts'

type Note = { readonly severity: 'warning' | 'info'; readonly text: string; readonly span: Span }
type Monotonicity = { base: string; span: Span; count: number; from: number; to: number } & Mended

/**
 * What a query's author should know of the result; each thing is said once, with the last place it was found at. The texts are
 * Prometheus'.
 */
export class Notes {
  readonly #notes = new Map<string, Note>()
  readonly #monotonicity = new Map<string, Monotonicity>()

  add(note: Note): void {
    this.#notes.set(`${note.severity}:${note.text}`, note)
  }

  warn(span: Span, text: string): void {
    this.add({ severity: 'warning', text, span })
  }

  info(span: Span, text: string): void {
    this.add({ severity: 'info', text, span })
  }

  /** Buckets that had to be raised are reported once per metric, with the extent over all steps. */
  forcedMonotonicity(span: Span, metric: string, at: number, mended: Mended): void {
    const see = 'see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile'
    const base = `input to histogram_quantile needed to be fixed for monotonicity (${see})${forMetric(metric)}`
    const known = this.#monotonicity.get(base)
    if (!known) {
      this.#monotonicity.set(base, { base, span, count: 1, from: at, to: at, ...mended })
      return
    }
    known.count++
    known.from = Math.min(known.from, at)
    known.to = Math.max(known.to, at)
    known.minBucket = Math.min(known.minBucket, mended.minBucket)
    known.maxBucket = Math.max(known.maxBucket, mended.maxBucket)
    known.maxDiff = Math.max(known.maxDiff, mended.maxDiff)
  }

  /** As the API shows them, with the position in the query. */
  render(query: string): { warnings: string[]; infos: string[] } {
    const all = [...this.#notes.values(), ...[...this.#monotonicity.values()].map(monotonicityNote)]
    const of = (severity: Note['severity']) =>
      all
        .filter((note) => note.severity === severity)
        .map((note) => `PromQL ${severity}: ${note.text} (${lineAndColumn(query, note.span.start)})`)
    return { warnings: of('warning'), infos: of('info') }
  }
}

export type { Note }

export const forMetric = (metric: string): string => (metric === '' ? '' : ` for metric name ${quote(metric)}`)

const warning =
  (text: string) =>
  (span: Span): Note => ({ severity: 'warning', text, span })
const info =
  (text: string) =>
  (span: Span): Note => ({ severity: 'info', text, span })

/** The texts, each waiting for the place it is about. */
export const say = {
  mixedTypes: (metric: string) => warning(`encountered a mix of histograms and floats for metric name ${quote(metric)}`),
  mixedTypesInAggregation: () => warning('encountered a mix of histograms and floats for aggregation'),
  mixedSchemas: (metric: string) =>
    warning(`vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${quote(metric)}`),
  mixedClassicAndNative: (metric: string) => warning(`vector contains a mix of classic and native histograms${forMetric(metric)}`),
  notACounter: (metric: string) => warning(`this native histogram metric is not a counter: ${quote(metric)}`),
  notAGauge: (metric: string) => warning(`this native histogram metric is not a gauge: ${quote(metric)}`),
  overlappingStart: (metric: string) =>
    warning(`sample has start time that overlaps with previous sample timestamp for metric ${quote(metric)}`),
  badBucketLabel: (metric: string, le: string) =>
    warning(`bucket label "le" is missing or has a malformed value of ${quote(le)}${forMetric(metric)}`),
  badQuantile: (q: number) => warning(`quantile value should be between 0 and 1, got ${formatG(q)}`),
  badRatio: (ratio: number, cap: number) =>
    warning(`ratio value should be between -1 and 1, got ${formatG(ratio)}, capping to ${formatG(cap)}`),
  incompatibleLayout: (op: string) => warning(`incompatible bucket layout encountered for binary operator ${op}`),
  resetCollision: (what: string) => warning(`conflicting counter resets during histogram ${what}`),
  sortInRange: () => warning('sort is ineffective for range queries since results are always ordered by labels'),
  boundsReconciled: (what: string) => info(`mismatched custom buckets were reconciled during ${what}`),
  incompatibleTypes: (left: string, op: string, right: string) =>
    info(`incompatible sample types encountered for binary operator ${quote(op)}: ${left} ${op} ${right}`),
  histogramIgnored: (aggregation: string) => info(`ignored histogram in ${aggregation} aggregation`),
  histogramIgnoredInRange: (metric: string) =>
    info(`ignored histograms in a range containing both floats and histograms for metric name ${quote(metric)}`),
  maybeNotCounter: (metric: string) =>
    info(`metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(metric)}`),
  quantileNan: (metric: string) => info(`input to histogram_quantile has NaN observations, result is NaN${forMetric(metric)}`),
  quantileSkewed: (metric: string) => info(`input to histogram_quantile has NaN observations, result is skewed higher${forMetric(metric)}`),
  fractionNan: (metric: string) =>
    info(`input to histogram_fraction has NaN observations, which are excluded from all fractions${forMetric(metric)}`),
}

function monotonicityNote(m: Monotonicity): Note {
  const iso = (at: number) => new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  const extent = `from buckets ${formatG(m.minBucket)} to ${formatG(m.maxBucket)}, with a max diff of ${formatG(Number(m.maxDiff.toPrecision(2)))}`
  return { severity: 'info', text: `${m.base}, ${extent}, over ${m.count} samples from ${iso(m.from)} to ${iso(m.to)}`, span: m.span }
}
