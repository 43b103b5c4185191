/**
 * Preloaded with `--import`: loads all that the local runner will need, then waits for a line on stdin before local/start.ts
 * itself begins. So the next runner costs a test only its start, not its loading.
 */
import '../../local/tocsin.ts'

await new Promise((go) => process.stdin.once('data', go))
process.stdin.destroy()
