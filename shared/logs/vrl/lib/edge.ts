import { fail } from '../value.ts'

/** For functions that need what the edge does not have: they exist, and say so when called. */
export const absent = (what: string) => (): never => fail(`${what} is not available at the edge`)
