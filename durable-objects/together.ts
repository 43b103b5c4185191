import { waitUntil } from 'cloudflare:workers'
import { within } from './within.ts'

type Batch<T> = { items: T[]; size: number; done: Promise<void> }

/** A call that takes longer than this is given up: whoever waits for it hears a TimeoutError, and it holds up none behind it. */
const LATE_MS = 20_000

/**
 * What requests of one isolate hand to one object while a call to it is on its way leaves with the next call: a call costs as much
 * as fifty log records (docs/performance.md). Each waits for the call that carries its own item, and hears of its failure.
 */
export class Together<T> {
  private readonly call: (items: T[]) => Promise<void>
  private readonly sizeMax: number
  private open: Batch<T> | null = null
  private last: Promise<unknown> = Promise.resolve()

  /** `call` gets at least one item, and several of at most `sizeMax` together. */
  constructor(sizeMax: number, call: (items: T[]) => Promise<void>) {
    this.call = call
    this.sizeMax = sizeMax
  }

  /** Returns when the item has arrived. */
  join(item: T, size: number): Promise<void> {
    const batch = this.open && this.open.size + size <= this.sizeMax ? this.open : this.begin()
    batch.items.push(item)
    batch.size += size
    return batch.done
  }

  /** Whoever begins a batch makes its call, as soon as the one before has come back. */
  private begin(): Batch<T> {
    const batch: Batch<T> = { items: [], size: 0, done: Promise.resolve() }
    const before = this.last
    const sent = async () => {
      await within(LATE_MS, before).catch(() => {})
      if (this.open === batch) this.open = null
      await within(LATE_MS, this.call(batch.items))
    }
    batch.done = sent()
    this.open = batch
    this.last = batch.done
    // it goes on for the others when this request's client has left
    waitUntil(batch.done.catch(() => {}))
    return batch
  }
}
