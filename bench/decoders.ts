import { type Bench, type Figure, median } from './bench.ts'
import { through } from './door.ts'
import { samples } from './samples.ts'

const ROUNDS = 60
const TOGETHER = 20

/** Bytes on the wire → rows of NDJSON, CPU per record and protocol: what a door costs without the network and the store. In Node: workerd has the same V8. */
export const bench: Bench = {
  name: 'decoders',
  async run() {
    const figures: Figure[] = []
    for (const sample of samples(Date.now())) {
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const began = process.cpuUsage()
        for (let i = 0; i < TOGETHER; i++) {
          const { answer, chars } = await through(sample, sample.body)
          if (!answer.ok || !chars) throw new Error(`${sample.name}: ${answer.status} ${await answer.text()}`)
        }
        const { user, system } = process.cpuUsage(began)
        times.push((user + system) / (TOGETHER * sample.records))
      }
      figures.push({ metric: sample.name, value: median(times), unit: 'µs/record' })
    }
    return figures
  },
}
