import type { Env } from '../durable-objects/env.ts'
import type { Upload } from '../durable-objects/transport.ts'
import { Body } from '../workers/ingest/body.ts'
import { wireOf } from '../workers/ingest/wires.ts'
import { type Bench, type Figure, median } from './bench.ts'
import { samples } from './samples.ts'

const ROUNDS = 30

/** Bytes on the wire → rows of NDJSON, per record and protocol: what a door costs without the network and the store. Here and not in workerd: the same V8. */
export const bench: Bench = {
  name: 'decoders',
  async run() {
    const figures: Figure[] = []
    for (const sample of samples(Date.now())) {
      const wire = wireOf('POST', sample.path)!
      const times: number[] = []
      let chars = 0
      for (let round = 0; round < ROUNDS; round++) {
        const headers = { 'content-type': sample.type, ...(sample.encoding ? { 'content-encoding': sample.encoding } : {}) }
        const url = `http://localhost${sample.path}`
        chars = 0
        const upload = {
          add: async (_: string, rows: string) => {
            chars += rows.length
          },
          commit: async () => {},
          drop: async () => {},
        } as unknown as Upload
        const source = {
          id: crypto.randomUUID(),
          team: crypto.randomUUID(),
          retentionDays: 30,
          metricsRetentionDays: 30,
          paused: false,
          vrl: '',
        }
        const requests = Array.from({ length: 20 }, () => new Request(url, { method: 'POST', headers, body: sample.body }))
        const began = performance.now()
        for (const request of requests) {
          const body = new Body(request)
          const answer = await wire.take({ request, url: new URL(url), env: {} as Env, source, at: Date.now(), body, upload })
          body.release()
          if (!answer.ok) throw new Error(`${sample.name}: ${answer.status} ${await answer.text()}`)
        }
        times.push(((performance.now() - began) * 1000) / (requests.length * sample.records))
      }
      if (!chars) throw new Error(`${sample.name} made no rows`)
      figures.push({ metric: sample.name, value: median(times), unit: 'µs/record' })
    }
    return figures
  },
}
