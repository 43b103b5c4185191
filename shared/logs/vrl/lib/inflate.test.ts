import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { adler32, deflateStored, inflateRaw } from './inflate.ts'
import { gunzip, standIn } from './zlib.ts'

const max = 1024 * 1024
const bytesOf = (n: number, of: number) => Uint8Array.from({ length: n }, (_, i) => (Math.imul(i ^ (i >>> 7), 0x9e3779b1) >>> 24) % of)

test('what zlib compressed at any level comes back', () => {
  for (const level of [0, 1, 6, 9])
    for (const original of [
      new Uint8Array(),
      bytesOf(1, 256),
      bytesOf(300, 3),
      bytesOf(100_000, 256),
      bytesOf(200_000, 5),
      new Uint8Array(90_000),
    ])
      expect(Buffer.from(inflateRaw(new Uint8Array(deflateRawSync(original, { level })), max).out).equals(Buffer.from(original))).toBe(true)
})

test('what it stores zlib reads', () => {
  const original = bytesOf(150_000, 256)
  expect(Buffer.from(inflateRawSync(deflateStored(original))).equals(Buffer.from(original))).toBe(true)
})

test('what is cut off, changed or too large is refused and never hangs', () => {
  const whole = new Uint8Array(deflateRawSync(bytesOf(5_000, 7)))
  for (let n = 0; n < whole.length; n += 7) expect(() => inflateRaw(whole.subarray(0, n), max)).toThrow(RangeError)
  for (let i = 0; i < whole.length; i++) {
    const changed = Uint8Array.from(whole)
    changed[i]! ^= 0x55
    try {
      inflateRaw(changed, max)
    } catch (e) {
      expect(e).toBeInstanceOf(RangeError)
    }
  }
  expect(() => inflateRaw(new Uint8Array(deflateRawSync(new Uint8Array(2 * max))), max)).toThrow(RangeError)
})

test('the checksum of RFC 1950', () => {
  expect(adler32(new TextEncoder().encode('Wikipedia'))).toBe(0x11e60398)
})

test('in a browser gzip and zlib are read, and what is written others read', () => {
  const original = new TextEncoder().encode('again and again and again')
  const most = { maxOutputLength: max }
  expect(standIn.gunzipSync(new Uint8Array(gzipSync(original)), most)).toEqual(original)
  expect(standIn.inflateSync(new Uint8Array(deflateSync(original)), most)).toEqual(original)
  expect(new Uint8Array(inflateSync(standIn.deflateSync(original, { level: 6 })))).toEqual(original)
  expect(new Uint8Array(inflateRawSync(standIn.deflateRawSync(original, { level: 6 })))).toEqual(original)
  expect(gunzip(new Uint8Array(gzipSync(original)))).toEqual(original)
  const named = new Uint8Array(gzipSync(original))
  named[3] = 8
  const withName = new Uint8Array([...named.subarray(0, 10), 97, 0, ...named.subarray(10)])
  expect(standIn.gunzipSync(withName, most)).toEqual(new Uint8Array(gunzipSync(withName)))
  for (const wrong of [new Uint8Array(), original, new Uint8Array(gzipSync(original)).subarray(0, 20)])
    expect(() => standIn.gunzipSync(wrong, most)).toThrow(RangeError)
})
