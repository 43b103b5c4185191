import type { ComparedTrace, FoundTrace, SampledTraces, ServicesBody, TraceBody } from '../../../../shared/traces/schema.ts'

/** What crosses the wire of `/api/traces`. */
export type Trace = TraceBody
export type TraceSpan = Trace['spans'][number]
export type TraceLine = FoundTrace
export type Sampled = SampledTraces
export type Compared = ComparedTrace
/** Rate, errors and duration of a service over a range. */
export type ServiceRed = ServicesBody['data'][number]
