import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { float, type Text, text, toBytes } from '../value.ts'

const segmentations = ['byte', 'codepoint', 'grapheme'] as const

export const shannon_entropy = define({
  name: 'shannon_entropy',
  summary: 'Bits of information per byte, code point or grapheme of text.',
  parameters: [textValue, optional('segmentation', kind.bytes, segmentations)],
  returns: kind.float,
  prepare: (call) => {
    oneOf(call, 'segmentation', segmentations)
    return undefined
  },
  run: (_, value: Text, segmentation: Text = 'byte') => {
    const counts = new Map<string | number, number>()
    let total = 0
    for (const part of segments(value, text(segmentation))) {
      counts.set(part, (counts.get(part) ?? 0) + 1)
      total++
    }
    let entropy = 0
    for (const n of counts.values()) entropy -= (n / total) * Math.log2(n / total)
    return float(entropy === 0 ? 0 : entropy)
  },
  example: { source: 'shannon_entropy("abab")', result: 1.0 },
})

function segments(value: Text, by: string): Iterable<string | number> {
  if (by === 'byte') return toBytes(value)
  if (by === 'codepoint') return [...text(value)]
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text(value))].map((s) => s.segment)
}
