import type { Run } from '../run.ts'

export const chance = (run: Run, n: number): Uint8Array => Uint8Array.from({ length: n }, () => Math.floor(run.surroundings.random() * 256))
