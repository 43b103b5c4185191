import { start } from './tocsin.ts'

const tocsin = await start({
  port: Number(process.env.TOCSIN_PORT ?? 8787),
  state: process.env.TOCSIN_STATE ?? '.tocsin',
  demo: process.env.TOCSIN_DEMO !== '0',
  token: process.env.TOCSIN_TOKEN,
  clickhouse: process.env.CLICKHOUSE_URL,
  say: (line) => console.log(line),
}).catch((e: Error) => {
  console.error(e.message)
  process.exit(1)
})

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  await tocsin.stop()
  process.exit(0)
}
// Miniflare's own hooks would exit before an orderly stop is done
process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
