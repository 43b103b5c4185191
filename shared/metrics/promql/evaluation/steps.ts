/** The moments an expression is evaluated at: `start + i · step` for i < n. Epoch ms. */
export type Steps = { readonly start: number; readonly end: number; readonly step: number; readonly n: number }

/** Where the query itself runs, which step(), range(), @ start() and @ end() refer to; step 0 for an instant query. */
export type QueryTimes = { readonly start: number; readonly end: number; readonly step: number }

export function stepsBetween(start: number, end: number, step: number): Steps {
  return { start, end, step, n: end < start ? 0 : Math.floor((end - start) / step) + 1 }
}

/** One moment: how step-invariant parts are evaluated. */
export const momentOf = (steps: Steps): Steps => ({ start: steps.start, end: steps.start, step: steps.step, n: 1 })

export const isMoment = (steps: Steps): boolean => steps.start === steps.end
