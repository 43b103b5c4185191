import type { Hono } from 'hono'
import { openAPIRouteHandler } from 'hono-openapi'
import { type Door, door } from './door.ts'

/** OpenAPI 3.1, generated from the schemas the routes validate with. */
export const openapi = (api: Hono<Door>) =>
  door().get(
    '/',
    openAPIRouteHandler(api, {
      documentation: {
        openapi: '3.1.0',
        info: { title: 'Tocsin', version: '1', description: 'Watches what you run and wakes the right person.' },
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
        security: [{ key: [] }],
      },
    }),
  )
