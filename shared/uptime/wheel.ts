/**
 * What is due when, in steps of 250 ms: 16 of these held 10,000 monitors at 9 % of a core (PLATFORM §6). Times in epoch ms;
 * something due in a step is taken with that step, so never late by it and at most 250 ms early.
 */
export const STEP_MS = 250

export class Wheel {
  private readonly steps = new Map<number, Set<string>>()
  private readonly at = new Map<string, number>()
  private cursor = Number.POSITIVE_INFINITY

  /** Due at `at`, instead of whenever it was. */
  set(id: string, at: number): void {
    this.delete(id)
    const step = Math.floor(at / STEP_MS)
    this.at.set(id, step)
    const held = this.steps.get(step)
    if (held) held.add(id)
    else this.steps.set(step, new Set([id]))
    this.cursor = Math.min(this.cursor, step)
  }

  delete(id: string): void {
    const step = this.at.get(id)
    if (step === undefined) return
    this.at.delete(id)
    const held = this.steps.get(step)
    held?.delete(id)
    if (held?.size === 0) this.steps.delete(step)
  }

  /** Takes up to `max` of what is due by `at`, the oldest first. */
  take(at: number, max = Number.POSITIVE_INFINITY): string[] {
    const taken: string[] = []
    const until = Math.floor(at / STEP_MS)
    if (this.steps.size === 0) this.cursor = Number.POSITIVE_INFINITY
    // after a long sleep the filled steps are fewer than the steps that passed
    const due =
      until - this.cursor > this.steps.size ? [...this.steps.keys()].filter((s) => s <= until).sort((a, b) => a - b) : this.range(until)
    for (const step of due) {
      for (const id of this.steps.get(step) ?? []) {
        if (taken.length === max) return taken
        taken.push(id)
        this.delete(id)
      }
      this.cursor = step + 1
    }
    return taken
  }

  private range(until: number): number[] {
    return this.cursor > until ? [] : Array.from({ length: until - this.cursor + 1 }, (_, i) => this.cursor + i)
  }

  /** When the next thing is due, but not after `latest`. */
  next(latest: number): number {
    const last = Math.floor(latest / STEP_MS)
    for (let step = Math.min(this.cursor, last); step < last; step++) if (this.steps.has(step)) return step * STEP_MS
    return latest
  }

  get size(): number {
    return this.at.size
  }
}
