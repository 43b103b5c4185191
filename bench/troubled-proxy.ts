import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Trouble = 'none' | 'is slow' | 'loses its answers'

const SLOW_MS = 4000

/** What stands between the Worker and ClickHouse: may hold a request back, or let ClickHouse take it and cut the connection instead of answering. */
export async function troubledProxy(target: string) {
  let [to, trouble]: [string, Trouble] = [target, 'none']
  const server = createServer(async (asked, answer) => {
    if (trouble === 'is slow') await sleep(SLOW_MS)
    pass(asked, answer, to, () => trouble === 'loses its answers' && asked.url!.includes('INSERT'))
  })
  await new Promise<void>((ok) => server.listen(0, '127.0.0.1', ok))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to: (url: string) => {
      to = url
    },
    trouble: (how: Trouble) => {
      trouble = how
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function pass(asked: IncomingMessage, answer: ServerResponse, to: string, loses: () => boolean): void {
  const onward = request(`${to}${asked.url}`, { method: asked.method!, headers: { ...asked.headers, host: new URL(to).host } }, (got) => {
    if (loses()) {
      got.resume()
      return answer.destroy()
    }
    answer.writeHead(got.statusCode!, got.headers)
    got.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  asked.on('error', () => onward.destroy())
  asked.pipe(onward)
}
