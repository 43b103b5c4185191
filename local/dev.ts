// `npm run dev`: like start, with the dashboard served by Vite and reloaded as it changes. The Worker is rebuilt on restart.
import { createServer } from 'vite'
import { start } from './tocsin.ts'

const port = Number(process.env.TOCSIN_PORT ?? 8787)
const options = {
  port: port + 1,
  state: process.env.TOCSIN_STATE ?? '.tocsin',
  demo: process.env.TOCSIN_DEMO !== '0',
  token: process.env.TOCSIN_TOKEN,
}
// links and the Origin check name the address that the browser uses
const tocsin = await start({ ...options, say: (line) => console.log(line), settings: { TOCSIN_URL: `http://localhost:${port}` } })
process.env.TOCSIN_URL = tocsin.url
const vite = await createServer({ configFile: 'dashboard/vite.config.ts', server: { port, strictPort: true } })
await vite.listen()
console.log(`Dashboard with hot reload: http://localhost:${port}`)

async function stop() {
  await vite.close()
  await tocsin.stop()
  process.exit(0)
}
process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
