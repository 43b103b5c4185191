/** What one query may cost. */
export type Limits = {
  /** Points of one series in a range query. */
  readonly pointsMax: number
  /** Samples held at one moment. */
  readonly samplesMax: number
  /**
   * From this many points of one selector on, an aggregation takes its series as they come. Below it they are held and put in order
   * first, so that sums come out the same to the last digit however they were read.
   */
  readonly foldFrom: number
  /** Series one selector may match. */
  readonly seriesMax: number
  /** Evaluation ends with a timeout once `now()` has passed this; epoch ms. */
  readonly deadlineAt: number
}

export const LIMITS: Limits = {
  pointsMax: 11_000,
  samplesMax: 50_000_000,
  foldFrom: 2_000_000,
  seriesMax: 200_000,
  deadlineAt: Number.POSITIVE_INFINITY,
}

/** The `errorType` of Prometheus' HTTP API. */
export type ErrorType = 'bad_data' | 'execution' | 'timeout'

/** A query that failed after it was parsed. Recognised by `name`; the message is Prometheus'. */
export class QueryError extends Error {
  override readonly name = 'PromqlQueryError'
  readonly type: ErrorType

  constructor(message: string, type: ErrorType = 'execution') {
    super(message)
    this.type = type
  }
}

/** Two series of a result, or of an operand, have the same labels at the same time. */
export const sameLabelset = (): QueryError => new QueryError('vector cannot contain metrics with the same labelset')

/** Counts samples in memory and watches the clock. */
export class Budget {
  readonly #limits: Limits
  readonly #now: () => number
  #samples = 0
  #ticks = 0

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits
    this.#now = now
  }

  hold(samples: number): void {
    this.expect(samples)
    this.#samples += samples
  }

  /** Fails where holding so many more would be too much: asked before they are allocated. */
  expect(samples: number): void {
    if (this.#samples + samples > this.#limits.samplesMax)
      throw new QueryError('query processing would load too many samples into memory in query execution')
  }

  /** What is held now, to `settle` later. */
  get held(): number {
    return this.#samples
  }

  /** Forgets what was held since `mark` but for the samples of a result. */
  settle(mark: number, result: number): void {
    this.#samples = mark
    this.hold(result)
  }

  series(count: number): void {
    if (count > this.#limits.seriesMax)
      throw new QueryError(`query would select ${count} series, more than the ${this.#limits.seriesMax} one selector may`)
  }

  get foldFrom(): number {
    return this.#limits.foldFrom
  }

  /** Called once per series of any loop; looks at the clock every 256th time. */
  tick(): void {
    if ((this.#ticks++ & 255) === 0) this.checkClock()
  }

  checkClock(): void {
    if (this.#limits.deadlineAt !== Number.POSITIVE_INFINITY && this.#now() > this.#limits.deadlineAt) {
      throw new QueryError('query timed out in expression evaluation', 'timeout')
    }
  }
}
