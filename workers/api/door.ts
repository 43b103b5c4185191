import { type Context, Hono, type ValidationTargets } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { describeRoute, resolver, validator } from 'hono-openapi'
import type * as z from 'zod'
import type { Env } from '../../durable-objects/env.ts'
import type { Actor } from '../../shared/actor.ts'
import type { SignedIn } from '../../shared/auth/credentials.ts'
import type { Permission, Role } from '../../shared/auth/permissions.ts'
import type { Db } from '../../shared/db.ts'
import { firstAnswer, rememberAnswer } from '../../shared/idempotency.ts'
import { hashToken, isId } from '../../shared/ids.ts'
import { log, reason } from '../../shared/log.ts'
import { fieldErrors, isProblem, Problem, problemBody, problems } from '../../shared/problem.ts'
import { ProblemSchema } from './problem-schema.ts'

/** What every API handler finds in `c.var`, put there by who.ts before any route runs. */
export type Door = {
  Bindings: Env
  Variables: {
    db: Db
    requestId: string
    /** The team of the credential; the only one this request can see. */
    team: string
    actor: Actor
    /** The user id when a person asks, null when a key does. */
    user: string | null
    /** Who stands behind the request: the person, or the maker of the key. */
    person: string
    /** Of `person` in the team; a key may narrow what it allows, see `may`. */
    role: Role
    may: (permission: Permission) => boolean
    /** Only behind the guard `person`: who is signed in, and all their teams. */
    signedIn: SignedIn
  }
}
export type Asked = Context<Door>

export const door = () => new Hono<Door>()

/** The guard on a route's line. 403 names the permission. */
export const can = (permission: Permission) =>
  createMiddleware<Door>(async (c, next) => {
    if (!c.var.may(permission)) throw new Problem('forbidden', `This needs the permission ${permission}. An admin of the team can give it.`)
    await next()
  })

/** Validates one part of the request; what does not fit is 422 with every path named, and nothing submitted is repeated. */
export const takes = <T extends keyof ValidationTargets, S extends z.ZodType>(target: T, schema: S) =>
  validator(target, schema, (result) => {
    if (!result.success)
      throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
        errors: fieldErrors(result.error as never),
      })
  })

/** An `:id` that is no UUID names nothing. */
export function idOf(c: Asked, name = 'id'): string {
  const id = c.req.param(name) ?? ''
  if (!isId(id)) throw new Problem('not-found', 'There is nothing with this id in this team.')
  return id.toLowerCase()
}

/** One line of the OpenAPI document: what this route answers when it succeeds. */
export const says = (summary: string, schema: z.ZodType | null, status = 200) =>
  describeRoute({
    summary,
    responses: {
      [status]: { description: summary, ...(schema ? { content: { 'application/json': { schema: resolver(schema) } } } : {}) },
      default: { description: 'A problem', content: { 'application/problem+json': { schema: resolver(ProblemSchema) } } },
    },
  })

/**
 * Carries out a creating POST once per `Idempotency-Key`. `make` gets `also(answer)`: the statements to put into the same
 * `db.batch` as the change, so that change and memory of it are one. Without the header there are none.
 */
export async function once<T extends object>(
  c: Asked,
  make: (also: (answer: T) => ReturnType<typeof rememberAnswer>[]) => Promise<T>,
): Promise<Response> {
  const key = c.req.header('idempotency-key')
  if (!key) return c.json(await make(() => []), 201)
  if (key.length > 255) throw new Problem('invalid', 'Idempotency-Key is at most 255 characters long.')
  const { db, team } = c.var
  const at = Date.now()
  const route = `POST ${new URL(c.req.url).pathname}`
  const body_hash = await hashToken(await c.req.text())
  const replay = async () => {
    const first = await firstAnswer(db, team, route, key, at)
    if (first && first.body_hash !== body_hash)
      throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used with another body. Use a new key for a new request.')
    return (
      first &&
      new Response(first.answer, { status: first.status, headers: { 'content-type': 'application/json', 'idempotent-replayed': 'true' } })
    )
  }
  const again = await replay()
  if (again) return again
  try {
    const made = await make((answer) => [
      rememberAnswer(db, { team, route, key, body_hash, status: 201, answer: JSON.stringify(answer), at }),
    ])
    return c.json(made, 201)
  } catch (e) {
    // a twin of this request won the race: its answer is ours
    const first = isProblem(e) ? undefined : await replay()
    if (first) return first
    throw e
  }
}

/** The one place of this door where errors become answers. */
export function answerProblem(e: unknown, c: Context): Response {
  const requestId: string = c.get('requestId') ?? 'none'
  const problem =
    e instanceof HTTPException && e.status === 400 ? new Problem('malformed-json', 'Send a JSON body that a JSON parser accepts.') : e
  const body = problemBody(problem, requestId)
  if (body.status >= 500) log('request-failed', { request_id: requestId, path: c.req.path, message: reason(e) })
  const retryAfter = isProblem(problem) ? problem.retryAfter : undefined
  return c.json(body, problems[body.code as keyof typeof problems][0] as 400, {
    'content-type': 'application/problem+json',
    ...(retryAfter ? { 'retry-after': String(Math.ceil(retryAfter)) } : {}),
    ...(body.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  })
}
