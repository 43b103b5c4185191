import { checkHttp, type Effects } from './http.ts'
import type { CheckResult, CheckSpec } from './spec.ts'

/** Every type of check. A later one is one file beside and one line here. */
const checks = {
  status: checkHttp,
  expected_status_code: checkHttp,
  keyword: checkHttp,
  keyword_absence: checkHttp,
} satisfies Record<CheckSpec['type'], (spec: CheckSpec, fx: Effects) => Promise<CheckResult>>

export const check = (spec: CheckSpec, fx: Effects): Promise<CheckResult> => checks[spec.type](spec, fx)
export type { Effects } from './http.ts'
