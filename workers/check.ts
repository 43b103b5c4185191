import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Env } from '../durable-objects/env.ts'

export class Check extends WorkerEntrypoint<Env> {}
