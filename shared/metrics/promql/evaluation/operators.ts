import { add, subtract } from '../histogram/arithmetic.ts'
import { compact, divide, type Histogram, sameHistogram, scale, withHint } from '../histogram/histogram.ts'
import { trim } from '../histogram/trim.ts'
import type { ArithmeticOp, BinaryOp, ComparisonOp, Span } from '../syntax/ast.ts'
import { goPow } from '../text/number.ts'
import { type Note, say } from './notes.ts'

export const arithmetic = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': goPow,
  atan2: Math.atan2,
} satisfies Record<ArithmeticOp, (a: number, b: number) => number>

export const comparison = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
} satisfies Record<ComparisonOp, (a: number, b: number) => boolean>

export const isArithmetic = (op: BinaryOp): op is ArithmeticOp => Object.hasOwn(arithmetic, op)

/** What an operator makes of two samples. `keep` is a comparison's verdict; no value means the samples do not go together. */
export type Outcome = { value?: number | Histogram; keep: boolean; note?: (span: Span) => Note; failed?: boolean }

type Sample = number | Histogram

/** An operator on two samples, of which at least one may be a histogram. */
export function operate(op: BinaryOp, left: Sample, right: Sample): Outcome {
  if (typeof left === 'number' && typeof right === 'number') return floats(op, left, right)
  if (typeof left === 'number') return floatAndHistogram(op, left, right as Histogram)
  if (typeof right === 'number') return histogramAndFloat(op, left, right)
  return histograms(op, left, right)
}

function floats(op: BinaryOp, left: number, right: number): Outcome {
  if (isArithmetic(op)) return { value: arithmetic[op](left, right), keep: true }
  if (op === '</' || op === '>/') return incompatible('float', op, 'float')
  return { value: left, keep: comparison[op as ComparisonOp](left, right) }
}

function floatAndHistogram(op: BinaryOp, left: number, right: Histogram): Outcome {
  return op === '*' ? { value: compact(scale(right, left)), keep: true } : incompatible('float', op, 'histogram')
}

function histogramAndFloat(op: BinaryOp, left: Histogram, right: number): Outcome {
  switch (op) {
    case '*':
      return { value: compact(scale(left, right)), keep: true }
    case '/':
      return { value: compact(divide(left, right)), keep: true }
    case '</':
      return { value: trim(left, right, 'below'), keep: true }
    case '>/':
      return { value: trim(left, right, 'above'), keep: true }
    default:
      return incompatible('histogram', op, 'float')
  }
}

function histograms(op: BinaryOp, left: Histogram, right: Histogram): Outcome {
  if (op === '==') return { value: left, keep: sameHistogram(left, right) }
  if (op === '!=') return { value: left, keep: !sameHistogram(left, right) }
  if (op !== '+' && op !== '-') return incompatible('histogram', op, 'histogram')
  const what = op === '+' ? 'addition' : 'subtraction'
  const combined = op === '+' ? add(left, right) : subtract(left, right)
  if (!combined) return { keep: false, failed: true, note: say.incompatibleLayout(op) }
  const value = compact(op === '-' ? withHint(combined.histogram, 'gauge') : combined.histogram)
  const note = combined.boundsReconciled ? say.boundsReconciled(what) : combined.collision ? say.resetCollision(what) : undefined
  return note ? { value, keep: true, note } : { value, keep: true }
}

const incompatible = (left: string, op: BinaryOp, right: string): Outcome => ({
  keep: false,
  failed: true,
  note: say.incompatibleTypes(left, op, right),
})
