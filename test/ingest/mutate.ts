/** Deterministic, so that a failure can be run again: mulberry32. */
export function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** One to four changes: bytes flipped, set to something telling, cut out, doubled, or the end cut off. */
export function mutated(body: Uint8Array, next: (below: number) => number): Uint8Array<ArrayBuffer> {
  let bytes = [...body]
  const telling = [0, 0x7f, 0x80, 0xff, 0x22, 0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x0a, 0x5c, 0xdd, 0xc9]
  for (let n = 1 + next(4); n > 0 && bytes.length; n--) {
    const at = next(bytes.length)
    const length = 1 + next(20)
    switch (next(5)) {
      case 0:
        bytes[at]! ^= 1 << next(8)
        break
      case 1:
        bytes[at] = telling[next(telling.length)]!
        break
      case 2:
        bytes.splice(at, length)
        break
      case 3:
        bytes.splice(at, 0, ...bytes.slice(at, at + length))
        break
      default:
        bytes = bytes.slice(0, at)
    }
  }
  return Uint8Array.from(bytes)
}
