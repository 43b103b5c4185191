import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    [light!, dark!],
  ]),
)

/** WCAG 2.2 relative luminance and contrast. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
const contrast = (a: string, b: string): number => {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (hi! + 0.05) / (lo! + 0.05)
}
const lowest = (front: string, back: string): number =>
  Math.min(...[0, 1].map((scheme) => contrast(tokens.get(front)![scheme]!, tokens.get(back)![scheme]!)))

const grounds = ['canvas', 'surface', 'raised', 'hover', 'active']
const states = ['up', 'warn', 'down', 'maint', 'idle']

test('every text can be read on every ground, in both schemes', () => {
  for (const text of ['text', 'text-2', 'text-3', 'accent'])
    for (const ground of [...grounds, 'sunken', 'accent-soft'])
      expect(lowest(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  expect(lowest('on-ink', 'ink')).toBeGreaterThanOrEqual(4.5)
})

test('text keeps its contrast on every soft tint', () => {
  for (const state of states) {
    for (const text of ['text', 'text-2', 'text-3', state])
      expect(lowest(text, `${state}-soft`), `${text} on ${state}-soft`).toBeGreaterThanOrEqual(4.5)
    expect(lowest(state, 'surface'), `${state} on surface`).toBeGreaterThanOrEqual(4.5)
  }
})

test('graphics and the edges of what is typed into stand out 3:1', () => {
  for (const ground of ['canvas', 'surface']) {
    for (const state of states) expect(lowest(`${state}-solid`, ground), `${state}-solid on ${ground}`).toBeGreaterThanOrEqual(3)
    for (let s = 1; s <= 8; s++) expect(lowest(`s${s}`, ground), `s${s} on ${ground}`).toBeGreaterThanOrEqual(2.9)
  }
  expect(lowest('line-control', 'surface')).toBeGreaterThanOrEqual(3)
  expect(lowest('accent-solid', 'surface')).toBeGreaterThanOrEqual(3)
})

test('no utility of a colour is named that no token has', () => {
  const app = readFileSync(new URL('app.css', import.meta.url), 'utf8')
  const named = [...app.matchAll(/--color-[\w-]+:\s*var\(--([\w-]+)\)/g)].map((m) => m[1]!)
  expect(named.filter((n) => !tokens.has(n) && n !== 'scrim')).toEqual([])
})
