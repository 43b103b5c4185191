import { HOUR, MINUTE, SECOND } from '../time.ts'

/** A check that began this long after it was due is late. */
const LATE_MS = SECOND

/** Checks lost by hour, the hour in epoch hours: what must outlive a restart. */
export type Lost = [hour: number, n: number][]
export type Lateness = { lag_ms: number; begun: number; late: number; lost: number }

/** How punctual a shard is: of the last whole minute and the running one, and what it lost in 24 hours. Times in epoch ms. */
export class Punctuality {
  lost: Lost
  private minute = 0
  private now = { lag_ms: 0, begun: 0, late: 0 }
  private before = { lag_ms: 0, begun: 0, late: 0 }
  constructor(lost: Lost) {
    this.lost = lost
  }

  /** A check begins, `lagMs` after it was due. */
  began(lagMs: number, at: number): void {
    this.turn(at)
    this.now.begun++
    this.now.lag_ms = Math.max(this.now.lag_ms, lagMs)
    if (lagMs > LATE_MS) this.now.late++
  }

  /** `n` checks came to nothing. */
  lose(n: number, at: number): void {
    const hour = Math.floor(at / HOUR)
    const kept = this.within(at)
    const last = kept.at(-1)
    this.lost = last?.[0] === hour ? [...kept.slice(0, -1), [hour, last[1] + n]] : [...kept, [hour, n]]
  }

  gauges(at: number): Lateness {
    this.turn(at)
    return {
      lag_ms: Math.max(this.now.lag_ms, this.before.lag_ms),
      begun: this.before.begun,
      late: this.before.late,
      lost: this.within(at).reduce((sum, [, n]) => sum + n, 0),
    }
  }

  private within = (at: number): Lost => this.lost.filter(([hour]) => hour > Math.floor(at / HOUR) - 24)

  private turn(at: number): void {
    const minute = Math.floor(at / MINUTE)
    if (minute === this.minute) return
    this.before = minute === this.minute + 1 ? this.now : { lag_ms: 0, begun: 0, late: 0 }
    this.now = { lag_ms: 0, begun: 0, late: 0 }
    this.minute = minute
  }
}
