import { parseSyslog, syslogMessages } from '../../shared/logs/syslog.ts'
import { json } from './json.ts'
import { Refused, tooLarge } from './refused.ts'
import { type LogRecord, storeLogs } from './store-logs.ts'
import type { Wire } from './wire.ts'

const CHARS_MAX = 1_000_000
const TOGETHER = 500

/** `POST /syslog`: what rsyslog's and syslog-ng's http outputs and Heroku's drains send. JSON by its content type is Better Stack's wire. */
export const syslog: Wire = {
  async take(asked) {
    const type = asked.request.headers.get('content-type') ?? ''
    if (/json|msgpack/i.test(type)) return json.take(asked)
    const logplex = /logplex/i.test(type)
    let batch: LogRecord[] = []
    for (const line of syslogMessages(await asked.body.bytes())) {
      if (line === null) throw new Refused('unreadable', 'A frame is longer than the body.')
      if (line.length > CHARS_MAX) throw tooLarge()
      batch.push(parseSyslog(line, asked.at, logplex))
      if (batch.length < TOGETHER) continue
      await storeLogs(asked, batch)
      batch = []
    }
    await storeLogs(asked, batch)
    await asked.upload.commit()
    return new Response(null, { status: 202 })
  },
}
