import { clickhouseOf } from '../../durable-objects/transport.ts'
import { log, reason } from '../../shared/log.ts'
import { exemplarsOf, labelNames, labelValues, metadataOf, seriesOf } from '../../shared/metrics/catalogue.ts'
import { evaluateInstant, evaluateRange } from '../../shared/metrics/evaluate.ts'
import { Failure, failureOf, invalidParameter, statuses } from '../../shared/metrics/prometheus/failure.ts'
import { between, type Parameters, parameters } from '../../shared/metrics/prometheus/parameters.ts'
import { floatText, limited, resultParts } from '../../shared/metrics/prometheus/result.ts'
import { treeOf } from '../../shared/metrics/prometheus/tree.ts'
import type { Answer } from '../../shared/metrics/promql/query.ts'
import { children, type Expr, type VectorSelector } from '../../shared/metrics/promql/syntax/ast.ts'
import { parse } from '../../shared/metrics/promql/syntax/parse.ts'
import { pretty } from '../../shared/metrics/promql/syntax/pretty.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { prometheusAlerts, prometheusRules } from '../rules-view.ts'
import { type Asked, can, door, says } from './door.ts'

const both = ['GET', 'POST']
const read = can('metrics:read')
const TRUNCATED = 'results truncated due to limit'

/** `/prometheus/api/v1`: Prometheus' HTTP API over the team's metrics, for Grafana and all who speak it. */
export const prometheus = door()
  .on(both, '/query', says('Evaluate a PromQL expression at one moment', null), read, async (c) => {
    const asked = await asks(c)
    const limit = asked.limit()
    const at = asked.time('time', Date.now())
    const options = { timeoutMs: asked.duration('timeout'), lookbackMs: lookback(asked), now: Date.now }
    return evaluated(await evaluateInstant(warehouse(c), c.var.team, asked.text('query'), at, options), limit)
  })
  .on(both, '/query_range', says('Evaluate a PromQL expression over a range of time', null), read, async (c) => {
    const asked = await asks(c)
    const limit = asked.limit()
    const times = { start: asked.time('start'), end: asked.time('end'), step: 0 }
    if (times.end < times.start) throw invalidParameter('end', 'end timestamp must not be before start time')
    times.step = asked.duration('step') ?? refuse('step', 'cannot parse "" to a valid duration')
    if (times.step <= 0)
      throw invalidParameter('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer')
    if ((times.end - times.start) / times.step > 11_000)
      throw new Failure(
        'bad_data',
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      )
    const options = { timeoutMs: asked.duration('timeout'), lookbackMs: lookback(asked), now: Date.now }
    return evaluated(await evaluateRange(warehouse(c), c.var.team, asked.text('query'), times, options), limit)
  })
  .on(both, '/labels', says('Names of labels', null), read, async (c) => {
    const asked = await asks(c)
    const limit = asked.limit()
    const scope = { ...between(asked), selectors: asked.selectors() }
    const { found, truncated } = await labelNames(warehouse(c), c.var.team, scope, limit)
    return success(JSON.stringify(found), truncated ? [TRUNCATED] : [])
  })
  .get('/label/:name/values', says('Values of a label', null), read, async (c) => {
    const asked = await asks(c)
    const limit = asked.limit()
    const scope = { ...between(asked), selectors: asked.selectors() }
    const { found, truncated } = await labelValues(warehouse(c), c.var.team, unescaped(c.req.param('name')), scope, limit)
    return success(JSON.stringify(found), truncated ? [TRUNCATED] : [])
  })
  .on(both, '/series', says('Label sets of series', null), read, async (c) => {
    const asked = await asks(c)
    if (!asked.has('match[]')) throw new Failure('bad_data', 'no match[] parameter provided')
    const limit = asked.limit()
    const scope = { ...between(asked), selectors: namedSelectors(asked) }
    const { found, truncated } = await seriesOf(warehouse(c), c.var.team, scope, limit)
    return success(JSON.stringify(found.map((labels) => labels.toRecord())), truncated ? [TRUNCATED] : [])
  })
  .get('/metadata', says('Type, unit and help of metrics', null), read, async (c) => {
    const asked = await asks(c)
    for (const name of ['limit', 'limit_per_metric'])
      if (!/^([+-]?\d+)?$/.test(asked.text(name))) throw new Failure('bad_data', `${name} must be a number`)
    const rows = await metadataOf(warehouse(c), c.var.team, asked.text('metric'), Math.max(0, Number(asked.text('limit'))))
    return success(JSON.stringify(Object.fromEntries(rows.map(({ name, type, unit, help }) => [name, [{ type, unit, help }]]))))
  })
  .on(both, '/query_exemplars', says('Exemplars of the series an expression selects', null), read, async (c) => {
    const asked = await asks(c)
    const scope = between(asked)
    if (scope.to < scope.from) throw new Failure('bad_data', 'end timestamp must not be before start timestamp')
    const selectors = selectorsIn(unprefixed(() => parse(asked.text('query')))).map((s) => s.matchers)
    if (!selectors.length) return c.body(null, 204)
    const found = await exemplarsOf(warehouse(c), c.var.team, { ...scope, selectors })
    const data = found.map(({ labels, exemplars }) => ({
      seriesLabels: labels.toRecord(),
      exemplars: exemplars.map((e) => ({ labels: e.labels, value: floatText(e.value), timestamp: e.at / 1000 })),
    }))
    return success(JSON.stringify(data))
  })
  .on(both, '/format_query', says('An expression, formatted', null), read, async (c) =>
    success(JSON.stringify(pretty(parse((await asks(c)).text('query'))))),
  )
  .on(both, '/parse_query', says('An expression as a tree', null), read, async (c) =>
    success(JSON.stringify(treeOf(parse((await asks(c)).text('query'))))),
  )
  .get('/rules', says('Groups of rules', null), read, async (c) =>
    success(JSON.stringify(await prometheusRules(c.env, c.var.team, new URL(c.req.url).searchParams))),
  )
  .get('/alerts', says('Alerts that are pending or firing', null), read, async (c) =>
    success(JSON.stringify(await prometheusAlerts(c.env, c.var.team))),
  )
  .get('/status/buildinfo', says('Which Prometheus this speaks like', null), read, () => success(JSON.stringify(buildinfo)))

/** A path that is there, asked by a method that is not. */
for (const path of [
  '/query',
  '/query_range',
  '/labels',
  '/label/:name/values',
  '/series',
  '/metadata',
  '/query_exemplars',
  '/format_query',
  '/parse_query',
  '/rules',
  '/alerts',
  '/status/buildinfo',
])
  prometheus.all(path, read, () => new Response('Method Not Allowed', { status: 405 }))

prometheus.onError((e, c) => {
  const { type, message } = failureOf(e)
  if (type === 'internal') log('request-failed', { request_id: c.var.requestId, path: c.req.path, message: reason(e) })
  return c.json({ status: 'error', errorType: type, error: message }, statuses[type])
})

/** Grafana reads the version to know which functions and parameters there are. */
const buildinfo = { version: '3.8.0', revision: '', branch: '', buildUser: 'tocsin', buildDate: '', goVersion: '' }

const warehouse = (c: Asked) => clickhouse(clickhouseOf(c.env))

async function asks(c: Asked): Promise<Parameters> {
  const form = c.req.method === 'POST' && /^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')
  return parameters(new URLSearchParams(form ? await c.req.text() : ''), new URL(c.req.url).searchParams)
}

/** Where Prometheus does not say which parameter it was. */
function unprefixed<T>(read: () => T): T {
  try {
    return read()
  } catch (e) {
    throw new Failure('bad_data', (e as Error).message)
  }
}
function namedSelectors(asked: Parameters) {
  try {
    return asked.selectors()
  } catch (e) {
    throw invalidParameter('match[]', (e as Error).message)
  }
}

function lookback(asked: Parameters): number | null {
  const given = unprefixedDuration(asked)
  return given !== null && given <= 0 ? null : given
}

function unprefixedDuration(asked: Parameters): number | null {
  try {
    return asked.duration('lookback_delta')
  } catch (e) {
    throw new Failure(
      'bad_data',
      `error parsing lookback delta duration: ${(e as Error).message.replace(/^invalid parameter "[^"]*": /, '')}`,
    )
  }
}

function evaluated(all: Answer, limit: number): Response {
  const { answer, truncated } = limited(all, limit)
  return success(resultParts(answer), truncated ? [...answer.warnings, TRUNCATED] : answer.warnings, answer.infos)
}

/** `data` is JSON already, whole or in parts. */
function success(data: string | Iterable<string>, warnings: readonly string[] = [], infos: readonly string[] = []): Response {
  const notes = `${warnings.length ? `,"warnings":${JSON.stringify(warnings)}` : ''}${infos.length ? `,"infos":${JSON.stringify(infos)}` : ''}`
  const parts = [['{"status":"success","data":'], typeof data === 'string' ? [data] : data, [`${notes}}`]]
  return new Response(inBlocks(parts), { headers: { 'content-type': 'application/json' } })
}

const BLOCK_CHARS = 1 << 18

/** Texts as one body: what fits into one block at once, more than that as a stream, so that an answer is never held as text as a whole. */
function inBlocks(parts: Iterable<Iterable<string>>): string | ReadableStream<Uint8Array> {
  const texts = (function* () {
    for (const part of parts) yield* part
  })()
  const next = (): { block: string; done: boolean } => {
    let block = ''
    while (block.length < BLOCK_CHARS) {
      const { value, done } = texts.next()
      if (done) return { block, done }
      block += value
    }
    return { block, done: false }
  }
  const first = next()
  if (first.done) return first.block
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (body) => body.enqueue(encoder.encode(first.block)),
    pull(body) {
      const { block, done } = next()
      if (block) body.enqueue(encoder.encode(block))
      if (done) body.close()
    },
  })
}

/** `U__http_2e_status` is `http.status`: how a name that has more than letters travels in a path. */
function unescaped(name: string): string {
  if (name === '') throw new Failure('bad_data', `invalid label name: ${JSON.stringify(name)}`)
  if (!name.startsWith('U__')) return name
  return name.slice(3).replace(/__|_([0-9a-fA-F]{1,6})_/g, (all, hex?: string) => {
    const code = Number.parseInt(hex ?? '5f', 16)
    return code > 0x10ffff ? all : String.fromCodePoint(code)
  })
}

const selectorsIn = (expr: Expr): VectorSelector[] => (expr.kind === 'vector' ? [expr] : children(expr).flatMap(selectorsIn))

const refuse = (name: string, why: string): never => {
  throw invalidParameter(name, why)
}
