import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../local/clickhouse.ts'
import { runTocsin, until } from './runner.ts'

// Agents and loggers as the machine has them: those that are not there are skipped with a line.

let tocsin: Awaited<ReturnType<typeof runTocsin>>
let token: string
let dir: string
const running: ReturnType<typeof spawn>[] = []
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tocsin-agents-'))
  tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
  token = (await tocsin.api('POST', '/api/logs/sources', { name: 'Agents' })).body.token
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    const gone = child.exitCode === null && new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await gone
  }
})
afterAll(async () => {
  await tocsin?.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The program's path, or undefined with a line that says what is not tested. */
function installed(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
  if (!found) console.log(`${name} is not installed: skipped`)
  return found || undefined
}
/** Runs until the test ends; what it says is shown when it ends by itself. */
function run(program: string, args: string[]): void {
  const child = spawn(program, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (said += chunk))
  child.once('exit', (code) => code && console.log(`${program} ended with ${code}: ${said.slice(-2000)}`))
  running.push(child)
}
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}
/** Rows of a query of the team's own, when there are `count`. */
const rows = (count: number, query: string): Promise<Record<string, any>[]> =>
  until(query, 40_000, async () => {
    const { body } = await tocsin.api('POST', '/api/logs/query', { query, from: '2001-01-01T00:00:00Z' })
    return body.data.length >= count && body.data
  })
/** Writes lines to a port of this machine once something listens there. */
const write = (port: number, text: string) =>
  until(`a listener on ${port}`, 10_000, () => new Promise<boolean>((ok, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text, () => ok(true)))
    socket.once('error', fail)
  })) // biome-ignore format: one thought

const rsyslog = installed('rsyslogd')
test.skipIf(!rsyslog)('rsyslog, through its Elasticsearch output', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const conf = file(
    'rsyslog.conf',
    `global(workDirectory="${dir}")
module(load="imtcp")
module(load="omelasticsearch")
input(type="imtcp" port="${port}" address="127.0.0.1")
template(name="tocsin" type="list" option.jsonf="on") {
  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="level" name="syslogseverity-text" format="jsonf")
  property(outname="service" name="programname" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="message" name="msg" format="jsonf")
}
action(type="omelasticsearch" server="http://127.0.0.1" serverport="${tocsin.port}" uid="tocsin" pwd="${token}"
  template="tocsin" searchIndex="syslog" searchType="" bulkmode="on" errorFile="${join(dir, 'rsyslog-errors.json')}")
`,
  )
  run(rsyslog!, ['-n', '-f', conf, '-i', join(dir, 'rsyslog.pid')])
  const at = new Date().toISOString()
  await write(port, `<165>1 ${at} web-1 checkout 7 - - paid \u017elu\u0165 "twice"\n<11>1 ${at} web-1 checkout 7 - - broke\n`)
  const found = await rows(
    2,
    "SELECT level, service, trim(message) AS said, attributes['host'] AS host FROM logs WHERE service = 'checkout' ORDER BY said",
  )
  expect(found).toEqual([
    { level: 'err', service: 'checkout', said: 'broke', host: 'web-1' },
    { level: 'notice', service: 'checkout', said: 'paid žluť "twice"', host: 'web-1' },
  ])
})

const syslogNg = installed('syslog-ng')
test.skipIf(!syslogNg)('syslog-ng, through its http() destination', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const conf = file(
    'syslog-ng.conf',
    `@version: 3.38
source in { syslog(ip(127.0.0.1) port(${port}) transport("tcp")); };
destination tocsin { http(
  url("${tocsin.url}/syslog?source_token=${token}") method("POST") batch-lines(100) batch-timeout(500) delimiter("\\n")
  body("<$PRI>1 $ISODATE $HOST $PROGRAM $PID - - $MSG")); };
log { source(in); destination(tocsin); };
`,
  )
  run(syslogNg!, ['-F', '--no-caps', '-f', conf, '-R', join(dir, 'ng.persist'), '-p', join(dir, 'ng.pid'), '-c', join(dir, 'ng.ctl')])
  const line = `<14>1 ${new Date().toISOString()} web-2 cart 9 - - through syslog-ng`
  await write(port, `${line.length} ${line}`)
  expect(await rows(1, "SELECT level, service FROM logs WHERE message LIKE '%through syslog-ng%'")).toEqual([
    { level: 'info', service: 'cart' },
  ])
})

const prometheus = installed('prometheus')
test.skipIf(!prometheus)('Prometheus, through remote write', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const conf = file(
    'prometheus.yml',
    `global: { scrape_interval: 1s, external_labels: { cluster: eu } }
scrape_configs: [{ job_name: itself, static_configs: [{ targets: ["127.0.0.1:${port}"] }] }]
remote_write: [{ url: "${tocsin.url}/api/v1/write", authorization: { credentials: "${token}" } }]
`,
  )
  run(prometheus!, [`--config.file=${conf}`, `--storage.tsdb.path=${join(dir, 'tsdb')}`, `--web.listen-address=127.0.0.1:${port}`])
  const [up] = await rows(
    1,
    "SELECT labels['job'] AS job, labels['cluster'] AS cluster, max(value) AS up, count() AS n FROM metrics WHERE name = 'up' GROUP BY job, cluster HAVING n >= 2",
  )
  expect(up).toMatchObject({ job: 'itself', cluster: 'eu', up: 1 })
  const { body } = await tocsin.api('GET', `/prometheus/api/v1/query?query=${encodeURIComponent('count({job="itself"})')}`)
  expect(Number(body.data.result[0].value[1])).toBeGreaterThan(100)
})

const vmagent = installed('vmagent')
test.skipIf(!vmagent)('vmagent, through remote write', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const conf = file(
    'vmagent.yml',
    `scrape_configs: [{ job_name: vm, scrape_interval: 1s, static_configs: [{ targets: ["127.0.0.1:${port}"] }] }]\n`,
  )
  run(vmagent!, [
    `-promscrape.config=${conf}`,
    `-remoteWrite.url=${tocsin.url}/api/v1/write`,
    `-remoteWrite.bearerToken=${token}`,
    `-remoteWrite.tmpDataPath=${join(dir, 'vmagent')}`,
    `-httpListenAddr=127.0.0.1:${port}`,
  ])
  const [up] = await rows(
    1,
    "SELECT max(value) AS up, count() AS n FROM metrics WHERE name = 'up' AND labels['job'] = 'vm' GROUP BY name HAVING n >= 2",
  )
  expect(up).toMatchObject({ up: 1 })
})

/** The package, or undefined with a line that says what is not tested. */
function packaged(name: string): any {
  try {
    return createRequire(process.env.TOCSIN_EXTRA_PACKAGES ?? import.meta.url)(name)
  } catch {
    console.log(`${name} is not installed: skipped`)
    return undefined
  }
}

const splunk = packaged('splunk-logging')
test.skipIf(!splunk)('splunk-logging, over the HTTP Event Collector', { timeout: 60_000 }, async () => {
  const logger = new splunk.Logger({ token, url: tocsin.url, maxRetries: 0 })
  const answer = await new Promise((ok, fail) => {
    logger.error = fail
    const metadata = { source: 'billing', sourcetype: 'httpevent', host: 'web-3' }
    logger.send({ message: { event: 'refund', amount: 12 }, severity: 'warn', metadata }, (e: unknown, _: unknown, body: unknown) =>
      e ? fail(e) : ok(body),
    )
  })
  expect(answer).toMatchObject({ code: 0 })
  const found = "SELECT level, attributes['host'] AS host, attributes['message.amount'] AS amount FROM logs WHERE attributes['source'] = 'billing'"
  expect(await rows(1, found)).toEqual([{ level: 'warn', host: 'web-3', amount: '12' }])
}) // biome-ignore format: one thought
