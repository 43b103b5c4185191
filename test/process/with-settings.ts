/** The local runner with settings of a test: `TEST_SETTINGS` is JSON of what replaces wrangler.toml's. Waits for a line on stdin first. */
import { start } from '../../local/tocsin.ts'

await new Promise((go) => process.stdin.once('data', go))
process.stdin.destroy()
await start({
  port: Number(process.env.TOCSIN_PORT),
  state: process.env.TOCSIN_STATE!,
  demo: false,
  token: process.env.TOCSIN_TOKEN,
  say: (line) => console.log(line),
  settings: JSON.parse(process.env.TEST_SETTINGS!),
})
