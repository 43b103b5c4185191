import { sampleWeight } from '../histogram/histogram.ts'
import { compareLabels, type Labels } from '../labels.ts'
import { printMatcher } from '../matcher.ts'
import { ownSamples, type Series, type Storage } from '../series.ts'
import type { Call, Expr, VectorSelector } from '../syntax/ast.ts'
import { Arriving } from './arrive.ts'
import type { Column } from './column.ts'
import type { Evaluation } from './evaluate.ts'
import { withFoundHints } from './found-hints.ts'
import type { Leaf } from './leaves.ts'
import type { Fetch } from './plan.ts'

type Node = VectorSelector | Call
type Reads = readonly [Fetch, ...Fetch[]]
type Fetched = Pick<Evaluation, 'fetched' | 'ready'>

/** One selection keeps a core of the storage busy, and the next one another. */
const AT_ONCE = 2

/** Does equal reads once. What can be evaluated while it arrives is evaluated; the rest is kept as it is. */
export async function readAll(
  evaluation: Omit<Evaluation, keyof Fetched>,
  leaves: ReadonlyMap<Node, Leaf>,
  storage: Storage,
): Promise<Fetched> {
  const fetched = new Map<Node, readonly Series[]>()
  const ready = new Map<Expr, readonly Column[]>()
  const reads = equalReads(evaluation.plan.fetches)
  let failed = false
  const read = async (same: Reads) => {
    const selection = new Selection({ ...evaluation, fetched, ready }, same, leaves)
    const [{ matchers, from, to, hints }] = same
    try {
      const batches = storage.stream ? storage.stream(matchers, from, to, hints) : [await storage.select(matchers, from, to, hints)]
      for await (const batch of batches) {
        if (failed) return
        selection.take(batch)
      }
    } catch (e) {
      failed = true
      throw e
    }
    const { columns, series } = selection.end(storage)
    for (const [expr, found] of columns) ready.set(expr, found)
    for (const [node, found] of series) fetched.set(node, found)
  }
  for (let i = 0; i < reads.length; i += AT_ONCE) await Promise.all(reads.slice(i, i + AT_ONCE).map(read))
  return { fetched, ready }
}

/** The series of one read on their way to all that asked for them. */
class Selection {
  readonly #ev: Evaluation
  readonly #arriving: Arriving[] = []
  readonly #whole: Node[] = []
  readonly #kept: Series[] = []
  #found = 0

  constructor(ev: Evaluation, same: Reads, leaves: ReadonlyMap<Node, Leaf>) {
    this.#ev = ev
    for (const { node } of same) {
      const leaf = leaves.get(node)
      if (leaf && node.kind === 'vector') this.#arriving.push(new Arriving(node, leaf, ev))
      else this.#whole.push(node)
    }
  }

  take(batch: readonly Series[]): void {
    this.#found += batch.length
    this.#ev.budget.series(this.#found)
    for (const leaf of this.#arriving) leaf.take(batch)
    if (!this.#whole.length) return
    for (const series of batch) {
      this.#ev.budget.hold(weight(series))
      this.#kept.push(ownSamples(series))
    }
  }

  end(storage: Storage) {
    const { countsOnly } = this.#ev.plan
    // equal sums need equal order
    const ordered = <T extends Labelled>(items: T[]) => (storage.stream ? sorted(items, storage) : items)
    const columns = this.#arriving.map((leaf) => leaf.end(ordered))
    const kept = ordered(this.#kept)
    const hinted = (node: Node) => (node.kind === 'vector' && countsOnly.has(node) ? kept.map(withFoundHints) : kept)
    return { columns, series: this.#whole.map((node) => [node, hinted(node)] as const) }
  }
}

type Labelled = { readonly labels: Labels }

/** In the order of labels; comparing places costs a tenth of comparing label sets. */
function sorted<T extends Labelled>(items: T[], storage: Storage): T[] {
  const placed = items.map((item) => ({ item, rank: storage.rank?.(item.labels) }))
  if (placed.some(({ rank }) => rank === undefined)) return items.sort((a, b) => compareLabels(a.labels, b.labels))
  return placed.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).map(({ item }) => item)
}

function equalReads(fetches: readonly Fetch[]): Reads[] {
  const reads = new Map<string, [Fetch, ...Fetch[]]>()
  for (const fetch of fetches) {
    const { matchers, from, to, hints } = fetch
    const key = `${matchers.map(printMatcher).join(',')} ${from} ${to} ${hints.rangeMs} ${hints.func}`
    const same = reads.get(key)
    if (same) same.push(fetch)
    else reads.set(key, [fetch])
  }
  return [...reads.values()]
}

/** A sample as it is stored takes 16 bytes, a point of a column 9. */
const weight = (series: Series): number =>
  2 * series.times.length + (series.histograms?.reduce((sum, h) => sum + (h ? sampleWeight(h) : 0), 0) ?? 0)
