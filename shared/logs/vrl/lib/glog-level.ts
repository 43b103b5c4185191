import { fail, type Value } from '../value.ts'

const levels: Record<string, string> = { I: 'info', W: 'warning', E: 'error', F: 'fatal' }
export const glogLevel = (letter: Value | undefined): string => levels[String(letter)] ?? fail(`unrecognized log level "${String(letter)}"`)
