import { compress } from 'snappyjs'

/** A series to write: its labels by name in order, and its value at scrape `i`. */
export type Written = { labels: readonly (readonly [string, string])[]; value: (i: number) => number }

/** Bodies of remote write 1.0: `slice` scrapes of every series each, `count` in all, the last at `end` (epoch ms). */
export function* requests(series: readonly Written[], count: number, everyMs: number, end: number, slice: number) {
  const named = series.map(({ labels }) => labelBytes(labels))
  const sampleBytes = slice * 24
  for (let from = 0; from < count; from += slice) {
    const to = Math.min(count, from + slice)
    const out = new Bytes(named.reduce((n, bytes) => n + bytes.length + 16 + sampleBytes, 0))
    series.forEach(({ value }, n) => {
      const samples = new Bytes(sampleBytes)
      for (let i = from; i < to; i++) {
        const at = end - (count - 1 - i) * everyMs
        const size = 9 + 1 + varintSize(at)
        samples.byte(0x12).varint(size).byte(0x09).float(value(i)).byte(0x10).varint(at)
      }
      const labels = named[n] as Uint8Array
      out
        .byte(0x0a)
        .varint(labels.length + samples.length)
        .bytes(labels)
        .bytes(samples.done())
    })
    yield { body: compress(out.done()) as Uint8Array<ArrayBuffer>, samples: series.length * (to - from) }
  }
}

/** Sends them one after the other; samples a second. */
export async function write(
  url: string,
  headers: Record<string, string>,
  bodies: Iterable<{ body: BodyInit; samples: number }>,
): Promise<number> {
  let [samples, ms] = [0, 0]
  for (const { body, samples: n } of bodies) {
    const began = performance.now()
    const r = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
        ...headers,
      },
      body,
    })
    if (!r.ok) throw new Error(`remote write: ${r.status} ${await r.text()}`)
    await r.arrayBuffer()
    ms += performance.now() - began
    samples += n
  }
  return (samples / ms) * 1000
}

const encoder = new TextEncoder()

function labelBytes(labels: Written['labels']): Uint8Array {
  const out = new Bytes(1000)
  for (const [name, value] of labels) {
    const [n, v] = [encoder.encode(name), encoder.encode(value)]
    const size = 2 + varintSize(n.length) + varintSize(v.length) + n.length + v.length
    out.byte(0x0a).varint(size).byte(0x0a).varint(n.length).bytes(n).byte(0x12).varint(v.length).bytes(v)
  }
  return out.done()
}

const varintSize = (n: number): number => (n < 128 ? 1 : 1 + varintSize(Math.floor(n / 128)))

class Bytes {
  readonly #data: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(size: number) {
    this.#data = new Uint8Array(size)
    this.#view = new DataView(this.#data.buffer)
  }

  get length(): number {
    return this.#at
  }

  byte(value: number): this {
    this.#data[this.#at++] = value
    return this
  }

  varint(value: number): this {
    let rest = value
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128)
    return this.byte(rest)
  }

  float(value: number): this {
    this.#view.setFloat64(this.#at, value, true)
    this.#at += 8
    return this
  }

  bytes(value: Uint8Array): this {
    this.#data.set(value, this.#at)
    this.#at += value.length
    return this
  }

  done(): Uint8Array {
    return this.#data.subarray(0, this.#at)
  }
}
