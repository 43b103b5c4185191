import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Env } from '../durable-objects/env.ts'

export class Deliver extends WorkerEntrypoint<Env> {}
