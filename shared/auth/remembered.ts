/**
 * What an isolate remembers for a short while about credentials: at most `max` entries, the oldest goes first. Each keeps its
 * own end of life. DESIGN §6 "Caches".
 */
export class Remembered<T> {
  private readonly entries = new Map<string, { value: T; until: number }>()
  private readonly max: number
  constructor(max: number) {
    this.max = max
  }

  get(key: string, at: number): T | undefined {
    const found = this.entries.get(key)
    if (!found) return undefined
    if (found.until > at) return found.value
    this.entries.delete(key)
    return undefined
  }

  set(key: string, value: T, until: number): void {
    this.entries.delete(key)
    if (this.entries.size >= this.max) this.entries.delete(this.entries.keys().next().value!)
    this.entries.set(key, { value, until })
  }

  forget(): void {
    this.entries.clear()
  }
}
