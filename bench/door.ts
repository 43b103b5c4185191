import type { Env } from '../durable-objects/env.ts'
import type { Upload } from '../durable-objects/transport.ts'
import { Body } from '../workers/ingest/body.ts'
import { wireOf } from '../workers/ingest/wires.ts'
import type { Sample } from './samples.ts'

/** One body through its wire, without network and store: the answer, and how many characters of rows it made. */
export async function through(
  { path, type, encoding }: Sample,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ answer: Response; chars: number }> {
  const url = new URL(path, 'http://localhost')
  const headers = { 'content-type': type, ...(encoding ? { 'content-encoding': encoding } : {}) }
  const request = new Request(url, { method: 'POST', headers, body: bytes })
  let chars = 0
  const upload = {
    add: async (_: string, rows: string) => {
      chars += rows.length
    },
    commit: async () => {},
    drop: async () => {},
  } as unknown as Upload
  const body = new Body(request)
  try {
    const answer = await wireOf('POST', path)!.take({ request, url, env: {} as Env, source, at: Date.now(), body, upload })
    return { answer, chars }
  } finally {
    body.release()
  }
}

const source = {
  id: '019a0000-0000-7000-8000-000000000001',
  team: '019a0000-0000-7000-8000-000000000002',
  retentionDays: 30,
  metricsRetentionDays: 30,
  paused: false,
  vrl: { logs: null, spans: null },
  derived: [],
  bytesPerS: Number.POSITIVE_INFINITY,
  over: [],
}
