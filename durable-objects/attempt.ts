import { log, reason } from '../shared/log.ts'

/** One row's trouble is not the others', and an alarm that throws is dropped by the platform: it is logged, and the answer is false. */
export function attempt(where: string, work: () => void): boolean {
  try {
    work()
    return true
  } catch (e) {
    log('bug', { where, message: reason(e) })
    return false
  }
}
