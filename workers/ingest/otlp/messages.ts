import type { Field, Message } from '../protobuf.ts'

// opentelemetry-proto 1.9: fields by number, named as OTLP/JSON names them.
const f = (name: string, kind: Field['kind']): Field => ({ name, kind })
const many = (name: string, kind: Field['kind']): Field => ({ name, kind, repeated: true })

const anyValue: Message = {
  1: f('stringValue', 'string'),
  2: f('boolValue', 'bool'),
  3: f('intValue', 'int'),
  4: f('doubleValue', 'double'),
  5: f('arrayValue', () => ({ 1: many('values', () => anyValue) })),
  6: f('kvlistValue', () => ({ 1: many('values', () => keyValue) })),
  7: f('bytesValue', 'base64'),
}
const keyValue: Message = { 1: f('key', 'string'), 2: f('value', () => anyValue) }
const attributes = many('attributes', () => keyValue)
const resource: Message = { 1: attributes }
const scope: Message = { 1: f('name', 'string'), 2: f('version', 'string'), 3: attributes }

const logRecord: Message = {
  1: f('timeUnixNano', 'fixed64'),
  2: f('severityNumber', 'int'),
  3: f('severityText', 'string'),
  5: f('body', () => anyValue),
  6: attributes,
  7: f('droppedAttributesCount', 'uint'),
  8: f('flags', 'fixed32'),
  9: f('traceId', 'hex'),
  10: f('spanId', 'hex'),
  11: f('observedTimeUnixNano', 'fixed64'),
  12: f('eventName', 'string'),
}
const span: Message = {
  1: f('traceId', 'hex'),
  2: f('spanId', 'hex'),
  3: f('traceState', 'string'),
  4: f('parentSpanId', 'hex'),
  5: f('name', 'string'),
  6: f('kind', 'int'),
  7: f('startTimeUnixNano', 'fixed64'),
  8: f('endTimeUnixNano', 'fixed64'),
  9: attributes,
  11: many('events', () => ({ 1: f('timeUnixNano', 'fixed64'), 2: f('name', 'string'), 3: attributes })),
  13: many('links', () => ({ 1: f('traceId', 'hex'), 2: f('spanId', 'hex'), 3: f('traceState', 'string'), 4: attributes })),
  15: f('status', () => ({ 2: f('message', 'string'), 3: f('code', 'int') })),
}

const exemplar: Message = {
  2: f('timeUnixNano', 'fixed64'),
  3: f('asDouble', 'double'),
  4: f('spanId', 'hex'),
  5: f('traceId', 'hex'),
  6: f('asInt', 'sfixed64'),
  7: many('filteredAttributes', () => keyValue),
}
const times: Message = { 2: f('startTimeUnixNano', 'fixed64'), 3: f('timeUnixNano', 'fixed64') }
const numberPoint: Message = {
  ...times,
  4: f('asDouble', 'double'),
  5: many('exemplars', () => exemplar),
  6: f('asInt', 'sfixed64'),
  7: attributes,
  8: f('flags', 'uint'),
}
const histogramPoint: Message = {
  ...times,
  4: f('count', 'fixed64'),
  5: f('sum', 'double'),
  6: many('bucketCounts', 'fixed64'),
  7: many('explicitBounds', 'double'),
  8: many('exemplars', () => exemplar),
  9: attributes,
  10: f('flags', 'uint'),
}
const buckets: Message = { 1: f('offset', 'sint'), 2: many('bucketCounts', 'uint') }
const exponentialPoint: Message = {
  1: attributes,
  ...times,
  4: f('count', 'fixed64'),
  5: f('sum', 'double'),
  6: f('scale', 'sint'),
  7: f('zeroCount', 'fixed64'),
  8: f('positive', () => buckets),
  9: f('negative', () => buckets),
  10: f('flags', 'uint'),
  11: many('exemplars', () => exemplar),
  14: f('zeroThreshold', 'double'),
}
const summaryPoint: Message = {
  ...times,
  4: f('count', 'fixed64'),
  5: f('sum', 'double'),
  6: many('quantileValues', () => ({ 1: f('quantile', 'double'), 2: f('value', 'double') })),
  7: attributes,
  8: f('flags', 'uint'),
}
const points = (point: Message): Message => ({
  1: many('dataPoints', () => point),
  2: f('aggregationTemporality', 'int'),
  3: f('isMonotonic', 'bool'),
})
const metric: Message = {
  1: f('name', 'string'),
  2: f('description', 'string'),
  3: f('unit', 'string'),
  5: f('gauge', () => points(numberPoint)),
  7: f('sum', () => points(numberPoint)),
  9: f('histogram', () => points(histogramPoint)),
  10: f('exponentialHistogram', () => points(exponentialPoint)),
  11: f('summary', () => points(summaryPoint)),
}

const request = (outer: string, inner: string, records: string, record: Message): Message => ({
  1: many(outer, () => ({
    1: f('resource', () => resource),
    2: many(inner, () => ({ 1: f('scope', () => scope), 2: many(records, () => record) })),
  })),
})

/** ExportLogsServiceRequest, ExportTraceServiceRequest, ExportMetricsServiceRequest. */
export const logsRequest = request('resourceLogs', 'scopeLogs', 'logRecords', logRecord)
export const tracesRequest = request('resourceSpans', 'scopeSpans', 'spans', span)
export const metricsRequest = request('resourceMetrics', 'scopeMetrics', 'metrics', metric)
