/** Every code an answer may carry, with its HTTP status and title. RFC 9457; WIRE: "Errors and idempotency". */
export const problems = {
  'malformed-json': [400, 'The body is not valid JSON'],
  unauthenticated: [401, 'Who is asking is not known'],
  'quota-exceeded': [402, 'The quota is used up'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'Method not allowed'],
  conflict: [409, 'Conflict'],
  'team-required': [409, 'Which team is not known'],
  'idempotency-running': [409, 'The first request with this key is still running'],
  gone: [410, 'Gone'],
  'too-large': [413, 'Too large'],
  'unsupported-media-type': [415, 'Unsupported media type'],
  invalid: [422, 'Some values are not valid'],
  'not-available-yet': [422, 'Not available yet'],
  'not-available-here': [422, 'Not available here'],
  'idempotency-key-reused': [422, 'The idempotency key was used with another body'],
  'rate-limited': [429, 'Too many requests'],
  internal: [500, 'Something broke on our side'],
  degraded: [503, 'Temporarily unavailable'],
} satisfies Record<string, [status: number, title: string]>

export type ProblemCode = keyof typeof problems
/** `at`: the offset in the value where it is wrong, when it is a text in a language. */
export type FieldError = { path: string; code: string; message: string; at?: number }

/**
 * A request that cannot be carried out, told to whoever sent it. `detail` is public: it says what to do and never repeats
 * what was submitted. `cause` is for the log only. Recognised by `name` and `code`: RPC drops the class.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly errors: FieldError[] | undefined
  /** What a compiler of a language says, whole. */
  readonly diagnostics: readonly object[] | undefined
  /** Seconds, for 429, 409 `idempotency-running` and 503. */
  readonly retryAfter: number | undefined
  constructor(
    code: ProblemCode,
    detail: string,
    more: { cause?: unknown; errors?: FieldError[]; diagnostics?: readonly object[]; retryAfter?: number } = {},
  ) {
    super(detail, { cause: more.cause })
    this.code = code
    this.errors = more.errors
    this.diagnostics = more.diagnostics
    this.retryAfter = more.retryAfter
  }
}

/** Also true for a Problem that crossed an RPC border, where only own properties survive. */
export const isProblem = (e: unknown): e is Problem =>
  typeof e === 'object' && e !== null && 'code' in e && typeof e.code === 'string' && Object.hasOwn(problems, e.code) && 'message' in e

/** What crosses the wire as `application/problem+json`. */
export type ProblemBody = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  errors?: FieldError[]
  diagnostics?: object[]
  request_id: string
}

/** The answer's body for a problem; an unknown error becomes `internal` and says nothing of itself. */
export function problemBody(e: unknown, requestId: string): ProblemBody {
  const code = isProblem(e) ? e.code : 'internal'
  const [status, title] = problems[code]
  return {
    type: `https://tocsin.dev/problems/${code}`,
    title,
    status,
    code,
    detail: isProblem(e) ? e.message : 'The request was logged with its request_id. Trying again is safe for reads.',
    ...(isProblem(e) && e.errors?.length ? { errors: e.errors } : {}),
    ...(isProblem(e) && e.diagnostics?.length ? { diagnostics: [...e.diagnostics] } : {}),
    request_id: requestId,
  }
}

/** zod's findings as our field errors: the path in dots, never the submitted value. */
export const fieldErrors = (
  issues: readonly { path?: readonly unknown[] | undefined; code?: string; message: string; keys?: string[] }[],
) =>
  issues.flatMap((issue): FieldError[] => {
    const path = (issue.path ?? []).map((p) => String(typeof p === 'object' && p && 'key' in p ? p.key : p)).join('.')
    if (issue.code === 'unrecognized_keys')
      return (issue.keys ?? []).map((key) => ({
        path: path ? `${path}.${key}` : key,
        code: 'unknown',
        message: 'This attribute does not exist. Remove it or check its spelling.',
      }))
    return [{ path, code: issue.code ?? 'invalid', message: issue.message }]
  })
