import { compareBytes } from './text/order.ts'
import { quote } from './text/quoted.ts'
import { xxhash64 } from './text/xxhash64.ts'

export const NAME = '__name__'
export const BUCKET = 'le'
/** What an operation that changes a value's meaning takes away: the metric's name, type and unit. */
export const METADATA: readonly string[] = [NAME, '__type__', '__unit__']

/** An immutable label set, sorted by name. A label with an empty value is a label that is not there. */
export class Labels {
  static readonly none = new Labels([])
  /** name, value, name, value … */
  readonly pairs: readonly string[]
  #key: string | undefined

  private constructor(pairs: readonly string[]) {
    this.pairs = pairs
  }

  static of(labels: Readonly<Record<string, string>>): Labels {
    return Labels.from(Object.entries(labels))
  }

  /** name, value, name, value … already in order of names, no value empty. */
  static sorted(pairs: readonly string[]): Labels {
    return new Labels(pairs)
  }

  static from(entries: Iterable<readonly [name: string, value: string]>): Labels {
    const sorted = [...entries].filter(([, value]) => value !== '').sort(([a], [b]) => compareBytes(a, b))
    return new Labels(sorted.flat())
  }

  /** Equal for equal label sets and only for those. */
  get key(): string {
    this.#key ??= this.pairs.join('\xff')
    return this.#key
  }

  get size(): number {
    return this.pairs.length / 2
  }

  /** The empty string where the label is not there. */
  get(name: string): string {
    const { pairs } = this
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === name) return pairs[i + 1] ?? ''
    return ''
  }

  has(name: string): boolean {
    return this.get(name) !== ''
  }

  get name(): string {
    return this.get(NAME)
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    for (let i = 0; i < this.pairs.length; i += 2) yield [this.pairs[i] ?? '', this.pairs[i + 1] ?? '']
  }

  only(names: readonly string[]): Labels {
    return this.filter((name) => names.includes(name))
  }

  without(names: readonly string[]): Labels {
    return this.filter((name) => !names.includes(name))
  }

  withoutMetadata(): Labels {
    return this.without(METADATA)
  }

  /** With one label set; an empty value removes it. */
  with(name: string, value: string): Labels {
    return Labels.from([...this.without([name]), [name, value]])
  }

  toRecord(): Record<string, string> {
    return Object.fromEntries(this)
  }

  /** The hash Prometheus gives a label set: XXH64 over length-prefixed names and values. */
  hash(): bigint {
    const bytes: number[] = []
    for (const text of this.pairs) {
      const utf8 = new TextEncoder().encode(text)
      if (utf8.length < 255) bytes.push(utf8.length)
      else bytes.push(255, utf8.length & 255, (utf8.length >> 8) & 255, (utf8.length >> 16) & 255)
      for (const byte of utf8) bytes.push(byte)
    }
    return xxhash64(Uint8Array.from(bytes))
  }

  /** `{__name__="up", job="api"}`, as Prometheus prints a label set in its messages. */
  toString(): string {
    const inner = [...this].map(([name, value]) => `${isLegacyName(name) ? name : quote(name)}=${quote(value)}`)
    return `{${inner.join(', ')}}`
  }

  private filter(keep: (name: string) => boolean): Labels {
    const pairs: string[] = []
    for (let i = 0; i < this.pairs.length; i += 2) {
      const name = this.pairs[i] ?? ''
      if (keep(name)) pairs.push(name, this.pairs[i + 1] ?? '')
    }
    return pairs.length === this.pairs.length ? this : new Labels(pairs)
  }
}

/** The order in which Prometheus returns series: by name, then value, label by label; the shorter set first. */
export function compareLabels(a: Labels, b: Labels): number {
  const length = Math.min(a.pairs.length, b.pairs.length)
  for (let i = 0; i < length; i++) {
    const [x = '', y = ''] = [a.pairs[i], b.pairs[i]]
    if (x !== y) return compareBytes(x, y)
  }
  return a.pairs.length - b.pairs.length
}

export const isLegacyName = (name: string): boolean => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)
