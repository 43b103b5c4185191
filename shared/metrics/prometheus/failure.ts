import { isProblem } from '../../problem.ts'

/** `errorType` of an answer and its HTTP status, as Prometheus pairs them. */
export const statuses = {
  bad_data: 400,
  forbidden: 403,
  not_found: 404,
  execution: 422,
  internal: 500,
  timeout: 503,
  unavailable: 503,
} as const
export type ErrorType = keyof typeof statuses

/** A request that cannot be answered, in Prometheus' words. */
export class Failure extends Error {
  override readonly name = 'PrometheusFailure'
  readonly type: ErrorType

  constructor(type: ErrorType, message: string) {
    super(message)
    this.type = type
  }
}

export const invalidParameter = (name: string, reason: string): Failure => new Failure('bad_data', `invalid parameter "${name}": ${reason}`)

/** What is told of an error; one that nobody expected is `internal` and says nothing of itself. */
export function failureOf(e: unknown): Failure {
  if (!(e instanceof Error)) return new Failure('internal', 'something broke on our side')
  if (e.name === 'PrometheusFailure') return e as Failure
  if (e.name === 'PromqlParseError') return invalidParameter('query', e.message)
  if (e.name === 'PromqlQueryError') {
    const { type } = e as Error & { type: ErrorType }
    return type === 'bad_data' ? invalidParameter('query', e.message) : new Failure(type, e.message)
  }
  if (isProblem(e)) {
    if (e.code === 'too-large') return new Failure('execution', e.message)
    if (e.code === 'forbidden') return new Failure('forbidden', e.message)
    if (e.code === 'degraded') return new Failure('unavailable', e.message)
  }
  return new Failure('internal', 'something broke on our side')
}
