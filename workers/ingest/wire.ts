import type { Env } from '../../durable-objects/env.ts'
import type { Upload } from '../../durable-objects/transport.ts'
import type { Body } from './body.ts'
import type { Source } from './source.ts'

/** One upload: who sends, what, and where its rows go. Nothing is stored before `upload.commit()`. `at` is epoch ms. */
export type Asked = { request: Request; url: URL; env: Env; source: Source; at: number; body: Body; upload: Upload }

/** One protocol. */
export type Wire = {
  take(asked: Asked): Promise<Response>
  /** How this protocol says no; plain text where absent. */
  refuse?(request: Request, status: number, message: string): Response
  /** Status of a body that cannot be read, where it is not 400. */
  unreadable?: number
  /** Answers without a token. */
  open?(request: Request): Response
}

export const text = (status: number, body: string) => new Response(body, { status, headers: { 'content-type': 'text/plain' } })
export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
