/** What reads PromQL for the editor, in one piece that is loaded when it is needed. */
export { explained } from './explain.ts'
export { wrongIn } from './language.ts'
