import { Decoder, decodeTimestampToTimeSpec, EXT_TIMESTAMP, ExtensionCodec } from '@msgpack/msgpack'
import { RECORD_BYTES_MAX } from './split.ts'

const extensions = new ExtensionCodec()
extensions.register({
  type: EXT_TIMESTAMP,
  encode: () => null,
  /** RFC 3339 with nanoseconds; a Date would lose them. */
  decode(data) {
    const { sec, nsec } = decodeTimestampToTimeSpec(data)
    const seconds = new Date(sec * 1000)
    return Number.isNaN(seconds.getTime()) ? null : `${seconds.toISOString().slice(0, 20)}${String(nsec).padStart(9, '0')}Z`
  },
})

/** `known`: what stands beside the record, as Fluent Bit's and Fluentd's time does. */
type Found = { record: unknown; known?: { timestamp: string } }

/**
 * Records of a MessagePack body one after another: values in sequence, arrays taken apart. 64-bit integers are bigints, timestamps are text.
 * An event of Fluent Bit's own format is one record with a time. Ends with a word when the body is not what it should be; what was yielded before it is good all the same.
 */
export function* msgpackRecords(bytes: Uint8Array): Generator<Found | 'not-msgpack' | 'record-too-large'> {
  const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!bytes.length) return yield 'not-msgpack'
  // items left in the array that is being taken apart; outside of one every array opens the next
  let left = 0
  let timestamp: string | undefined
  for (let at = 0; at < bytes.length; ) {
    const event = timestamp === undefined ? eventAt(view, at) : null
    if (event) {
      timestamp = event.timestamp
      at = event.end
      continue
    }
    const opened = left || timestamp !== undefined ? null : arrayAt(view, at)
    if (opened) {
      left = opened.items
      at = opened.end
      continue
    }
    const end = endOf(view, at)
    if (end === null) return yield 'not-msgpack'
    if (end - at > RECORD_BYTES_MAX) return yield 'record-too-large'
    let record: unknown
    try {
      record = decoder.decode(bytes.subarray(at, end))
    } catch {
      return yield 'not-msgpack'
    }
    yield timestamp === undefined ? { record } : { record, known: { timestamp } }
    timestamp = undefined
    if (left) left -= 1
    at = end
  }
  if (left || timestamp !== undefined) yield 'not-msgpack'
}

/**
 * The head of an event of the Fluentd forward protocol: `[time, record]`, since Fluent Bit 2.1 `[[time, {metadata}], record]`, where time
 * is an extension of type 0: seconds and nanoseconds, 32 bits each. `end` is where the record begins.
 */
function eventAt(view: DataView, at: number): { timestamp: string; end: number } | null {
  const has = (...heads: number[]) => heads.every((head, i) => at + i < view.byteLength && view.getUint8(at + i) === head)
  const prefix = has(0x92, 0xd7, 0x00) ? 3 : has(0x92, 0xc7, 0x08, 0x00) ? 4 : has(0x92, 0x92, 0xd7, 0x00) ? 4 : has(0x92, 0x92, 0xc7, 0x08, 0x00) ? 5 : 0 // biome-ignore format: a table
  if (!prefix || at + prefix + 8 > view.byteLength) return null
  const [seconds, nanos] = [view.getUint32(at + prefix), view.getUint32(at + prefix + 4)]
  const time = at + prefix + 8
  const end = has(0x92, 0x92) ? endOf(view, time) : time
  // an array of two events begins as one of the newer form does
  if (end === null || end >= view.byteLength || !isMap(view.getUint8(end)) || nanos > 999_999_999) return null
  return { timestamp: `${new Date(seconds * 1000).toISOString().slice(0, 20)}${String(nanos).padStart(9, '0')}Z`, end }
}

const isMap = (head: number) => (head >= 0x80 && head <= 0x8f) || head === 0xde || head === 0xdf

function arrayAt(view: DataView, at: number): { items: number; end: number } | null {
  const head = view.getUint8(at)
  if (head >= 0x90 && head <= 0x9f) return { items: head & 15, end: at + 1 }
  if (head === 0xdc && at + 3 <= view.byteLength) return { items: view.getUint16(at + 1), end: at + 3 }
  if (head === 0xdd && at + 5 <= view.byteLength) return { items: view.getUint32(at + 1), end: at + 5 }
  return null
}

/** Bytes after the head byte, by head 0xc4 … 0xd8: [bytes of a length field, fixed bytes]. MessagePack "Formats". */
const sizes: Record<number, [length: number, fixed: number]> = {
  196: [1, 0], 197: [2, 0], 198: [4, 0], 199: [1, 1], 200: [2, 1], 201: [4, 1], 202: [0, 4], 203: [0, 8], 204: [0, 1], 205: [0, 2],
  206: [0, 4], 207: [0, 8], 208: [0, 1], 209: [0, 2], 210: [0, 4], 211: [0, 8], 212: [0, 2], 213: [0, 3], 214: [0, 5], 215: [0, 9],
  216: [0, 17], 217: [1, 0], 218: [2, 0], 219: [4, 0],
} // biome-ignore format: a table

/** Where the value at `at` ends; null when the body is cut inside it or it nests too deep to be read. Counts instead of recursing. */
function endOf(view: DataView, from: number): number | null {
  const open: number[] = []
  let at = from
  const uint = (size: number, where: number) =>
    size === 1 ? view.getUint8(where) : size === 2 ? view.getUint16(where) : view.getUint32(where)
  do {
    if (at >= view.byteLength) return null
    const head = view.getUint8(at)
    at += 1
    let children = 0
    if (head >= 0x80 && head <= 0x8f) children = 2 * (head & 15)
    else if (head >= 0x90 && head <= 0x9f) children = head & 15
    else if (head >= 0xa0 && head <= 0xbf) at += head & 31
    else if (head === 0xc1) return null
    else if (head >= 0xdc && head <= 0xdf) {
      const size = head % 2 ? 4 : 2
      if (at + size > view.byteLength) return null
      children = uint(size, at) * (head >= 0xde ? 2 : 1)
      at += size
    } else if (sizes[head]) {
      const [length, fixed] = sizes[head]
      if (at + length > view.byteLength) return null
      at += length + fixed + (length ? uint(length, at) : 0)
    }
    if (children) {
      if (open.length >= NESTED_MAX) return null
      open.push(children)
      continue
    }
    while (open.length) {
      open[open.length - 1]! -= 1
      if (open.at(-1)) break
      open.pop()
    }
  } while (open.length)
  return at <= view.byteLength ? at : null
}

/** Far above what a row keeps, far below what would be slow. */
const NESTED_MAX = 1000
