/** One figure of a run. `ratio` is value / baseline, both taken in this run. */
export type Figure = { metric: string; value: number; unit: string; baseline?: number; ratio?: number }

/** A file of bench/ exports one as `bench`; `name` is what `npm run bench <name>` takes. */
export type Bench = { name: string; run: () => Promise<Figure[]> }

/** The value below which `share` of the (unsorted) values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)
