import { beforeAll, expect, test } from 'vitest'
import { aSource, type GivenSource } from '../ingest/given.ts'

let given: GivenSource
let path: string
beforeAll(async () => {
  given = await aSource()
  path = `/api/logs/sources/${given.source}/vrl-pipeline`
}, 60_000)
const send = async (...records: object[]) => expect((await given.send('/', JSON.stringify(records))).status).toBe(202)

test('a program that does not compile is 422 with its diagnostics, and nothing changes', async () => {
  const { status, body } = await given.api('PATCH', path, { program: '.a = 1\n.b = upcase(.a)' })
  expect(status).toBe(422)
  expect(body.errors).toEqual([{ path: 'program', code: 'E110', message: 'invalid argument type', at: 19 }])
  expect(body.diagnostics).toMatchObject([
    { severity: 'error', code: 'E110', labels: [{ primary: true, start: 19, end: 21, line: 2, column: 13 }, { primary: false }] },
  ])
  expect(body.diagnostics[0].rendered).toContain('error[E110]: invalid argument type')
  expect((await given.api('GET', path)).body.logs).toMatchObject({ program: '', version: null, author: null })
})

test('a program transforms, drops and marks what arrives; health counts what it did; the try sees events as they came', async () => {
  const program = 'if .level == "debug" { abort }\n.level = upcase!(.level)\n.user = parse_json!(.payload)\ndel(.payload)'
  const saved = await given.api('PATCH', path, { vrl_pipeline: program })
  expect(saved).toMatchObject({
    status: 200,
    body: { program, version: 1, drop_on_abort: true, drop_on_error: false, author: { type: 'key' } },
  })
  // somebody looks at the editor: from now on the doors keep what comes in
  await given.api('GET', `${path}/events`)
  await send(
    { message: 'one', level: 'info', payload: '{"id":7}' },
    { message: 'two', level: 'debug' },
    { message: 'three', level: 'warn', payload: '{' },
  )
  const rows = await given.stored('logs', 2, 'message')
  expect(rows).toMatchObject([
    { message: 'one', level: 'info', attributes: { 'user.id': '7' } },
    { message: 'three', level: 'warn', attributes: { payload: '{', '_tocsin.vrl_error': expect.stringContaining('parse_json') } },
  ])
  await expect
    .poll(async () => (await given.api('GET', `/api/logs/sources/${given.source}/health`)).body.vrl, { timeout: 10_000 })
    .toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ signal: 'logs', outcome: 'dropped', message: 'aborted', count: 1 }),
        expect.objectContaining({ signal: 'logs', outcome: 'error', message: expect.stringContaining('parse_json'), count: 1 }),
      ]),
    )
  await expect
    .poll(async () => (await given.api('GET', `${path}/events`)).body, { timeout: 10_000 })
    .toEqual({
      from: 'received',
      events: [
        { message: 'one', level: 'info', payload: '{"id":7}' },
        { message: 'two', level: 'debug' },
        { message: 'three', level: 'warn', payload: '{' },
      ],
    })
  const tried = await given.api('POST', '/api/logs/vrl/run', {
    program: '.n = length(string!(.message))',
    source_id: given.source,
    last: 2,
  })
  expect(tried.body).toMatchObject({
    from: 'received',
    diagnostics: [],
    results: [
      { outcome: 'ok', events: [{ message: 'two', n: 3 }] },
      { outcome: 'ok', events: [{ message: 'three', n: 5 }] },
    ],
  })
})

test('a program sees numbers as they were written', async () => {
  const { api, source, send: sendTo, stored } = await aSource()
  const program = '.kinds = [type_def(.f), is_float(.f), is_integer(.big), to_string!(.big)]'
  expect((await api('PATCH', `/api/logs/sources/${source}/vrl-pipeline`, { program })).status).toBe(200)
  for (const body of ['{"f": 5.0, "big": 12345678901234567}', `[{"f": 5.0, "big": 12345678901234567, "pad": "${'x'.repeat(300_000)}"}]`])
    expect((await sendTo('/', body)).status).toBe(202)
  const rows = await stored('logs', 2)
  expect(rows.map((r) => r.attributes.kinds)).toEqual(Array(2).fill('[{"any":true},true,true,"12345678901234567"]'))
  expect(rows[0]!.attributes.big).toBe('12345678901234567')
})

test('spans have a program of their own', async () => {
  expect((await given.api('PATCH', path, { signal: 'SPANS', program: '.name = "secret"\n.attributes.a = 1' })).status).toBe(200)
  const span = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'GET /?key=1',
    startTimeUnixNano: '1777982398123456789',
  }
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
  expect((await given.send('/v1/traces', body, { 'content-type': 'application/json' })).status).toBe(200)
  expect(await given.stored('spans', 1)).toMatchObject([{ name: 'secret', attributes: { a: '1' }, span_id: span.spanId }])
  expect((await given.api('GET', path)).body).toMatchObject({
    logs: { version: 1 },
    spans: { version: 1, program: '.name = "secret"\n.attributes.a = 1' },
  })
})

test('versions are kept with author and time, and an old one can be brought back', async () => {
  await given.api('PATCH', path, { program: '.x = 2', drop_on_error: true })
  const back = await given.api('POST', `${path}/rollback`, { version: 1 })
  expect(back).toMatchObject({ status: 200, body: { version: 3, drop_on_error: false, program: expect.stringContaining('parse_json') } })
  const { data } = (await given.api('GET', `${path}/versions`)).body
  expect(data).toMatchObject([
    { version: 3, restored_from: 1, author: { type: 'key', name: 'test' }, created_at: expect.stringMatching(/Z$/) },
    { version: 2, restored_from: null, program: '.x = 2', drop_on_error: true },
    { version: 1, restored_from: null },
  ])
  expect((await given.api('POST', `${path}/rollback`, { version: 9 })).status).toBe(404)
  expect((await given.api('PATCH', path, { program: '' })).body).toMatchObject({ program: '', version: 4 })
})

test('a try on given events tells what happens to each, and what is wrong with the program', async () => {
  const ran = await given.api('POST', '/api/logs/vrl/run', { program: 'upcase("x")\n. = [., {"b": 2}]', events: [{ a: 1 }, 'text'] })
  expect(ran.body).toMatchObject({
    from: 'given',
    diagnostics: [{ severity: 'warning' }],
    results: [
      { events: [{ a: 1 }, { b: 2 }], outcome: 'ok' },
      { event: 'text', events: [{ message: 'text' }, { b: 2 }] },
    ],
  })
  const wrong = await given.api('POST', '/api/logs/vrl/run', { program: '.a = ', events: [{}] })
  expect(wrong).toMatchObject({ status: 200, body: { diagnostics: [{ severity: 'error', code: 'E204' }], results: [] } })
  expect((await given.api('POST', '/api/logs/vrl/run', { program: '.' })).status).toBe(422)
})

test("another team's source has no program to see or change", async () => {
  const other = await aSource()
  for (const [method, at, body] of [
    ['GET', path, undefined],
    ['PATCH', path, { program: '.' }],
    ['GET', `${path}/versions`, undefined],
    ['POST', `${path}/rollback`, { version: 1 }],
    ['GET', `${path}/events`, undefined],
    ['POST', '/api/logs/vrl/run', { program: '.', source_id: given.source }],
  ] as const)
    expect((await other.api(method, at, body)).status, `${method} ${at}`).toBe(404)
})

test('query_type VRL runs a program over rows of SQL, of a search, or the newest records', async () => {
  const { api, send: sendTo, stored } = await aSource()
  expect(
    (
      await sendTo(
        '/',
        JSON.stringify([
          { message: 'a', n: 1 },
          { message: 'b', n: 2 },
        ]),
      )
    ).status,
  ).toBe(202)
  await stored('logs', 2)
  const query = (body: object) => api('POST', '/api/logs/query', { query_type: 'VRL', ...body })
  const program = '. = { "m": upcase(string!(.message)) }'
  const overSql = {
    query: 'if .n == "1" { abort }\n.n = to_int!(.n) * 2',
    over: "SELECT message, attributes['n'] AS n FROM logs ORDER BY message",
  }
  expect((await query(overSql)).body).toMatchObject({
    columns: [
      { name: 'message', type: 'String' },
      { name: 'n', type: 'Int64' },
    ],
    data: [{ message: 'b', n: 4 }],
  })
  expect((await query({ query: program, search: 'message:b' })).body.data).toEqual([{ m: 'B' }])
  expect((await query({ query: program })).body.data).toHaveLength(2)
  expect(await query({ query_text: '.a =' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'query_text' }], diagnostics: [{ severity: 'error' }] },
  })
})
