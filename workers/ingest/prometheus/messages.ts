import type { Field, Message } from '../protobuf.ts'

// prometheus.WriteRequest (remote write 1.0) and io.prometheus.write.v2.Request (2.0), by field number.
const f = (name: string, kind: Field['kind']): Field => ({ name, kind })
const many = (name: string, kind: Field['kind']): Field => ({ name, kind, repeated: true })

const label: Message = { 1: f('name', 'string'), 2: f('value', 'string') }
const sample: Message = { 1: f('value', 'sample'), 2: f('timestamp', 'int'), 3: f('start', 'int') }
const span: Message = { 1: f('offset', 'sint'), 2: f('length', 'uint') }
const histogram: Message = {
  1: f('countInt', 'uint'),
  2: f('countFloat', 'double'),
  3: f('sum', 'sample'),
  4: f('schema', 'sint'),
  5: f('zeroThreshold', 'double'),
  6: f('zeroCountInt', 'uint'),
  7: f('zeroCountFloat', 'double'),
  8: many('negativeSpans', () => span),
  9: many('negativeDeltas', 'sint'),
  10: many('negativeCounts', 'double'),
  11: many('positiveSpans', () => span),
  12: many('positiveDeltas', 'sint'),
  13: many('positiveCounts', 'double'),
  14: f('resetHint', 'int'),
  15: f('timestamp', 'int'),
  16: many('customValues', 'double'),
  17: f('start', 'int'),
}

export const writeRequest: Message = {
  1: many('timeseries', () => ({
    1: many('labels', () => label),
    2: many('samples', () => sample),
    3: many('exemplars', () => ({ 1: many('labels', () => label), 2: f('value', 'double'), 3: f('timestamp', 'int') })),
    4: many('histograms', () => histogram),
  })),
  3: many('metadata', () => ({ 1: f('type', 'int'), 2: f('name', 'string'), 4: f('help', 'string'), 5: f('unit', 'string') })),
}

export const writeRequest2: Message = {
  4: many('symbols', 'string'),
  5: many('timeseries', () => ({
    1: many('labelsRefs', 'uint'),
    2: many('samples', () => sample),
    3: many('histograms', () => histogram),
    4: many('exemplars', () => ({ 1: many('labelsRefs', 'uint'), 2: f('value', 'double'), 3: f('timestamp', 'int') })),
    5: f('metadata', () => ({ 1: f('type', 'int'), 3: f('helpRef', 'uint'), 4: f('unitRef', 'uint') })),
    6: f('createdTimestamp', 'int'),
  })),
}
