import type { Env } from '../../durable-objects/env.ts'
import { CSS } from './css.ts'

let styleHash: Promise<string> | undefined

/** The one style sheet, by its hash, so that nothing a customer typed can be style. */
const hash = async (): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(CSS))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

/** No script ever, no style but ours, pictures over https; framed only by the dashboard's preview. `shared` answers CORS, without credentials. */
export async function headersOf({ TOCSIN_URL }: Pick<Env, 'TOCSIN_URL'>, shared: boolean): Promise<Record<string, string>> {
  styleHash ??= hash()
  const policy = [
    "default-src 'none'",
    "script-src 'none'",
    `style-src 'sha256-${await styleHash}'`,
    "font-src 'self'",
    'img-src https:',
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${new URL(TOCSIN_URL).origin}`,
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(shared ? { 'access-control-allow-origin': '*' } : {}),
  }
}
