/** Rate, errors, duration of a service over a range. */
export type ServiceRed = {
  service: string
  /** Requests in the range. */
  requests: number
  rate: number
  errors: number
  error_share: number
  p50_ms: number
  p95_ms: number
  p99_ms: number
}
