/** Access logs: JSON in the message, a request line in the JSON. The program of tools/vrl-bench.mjs. */
export const reference = `. = merge!(., parse_json!(.message))
.level = upcase(string!(.level))
del(.message)
.status = to_int(.status) ?? 0
. = merge!(., parse_regex!(.request, r'^(?P<method>[A-Z]+) (?P<path>[^ ?]+)(?:\\?(?P<query>[^ ]*))? HTTP/(?P<version>[0-9.]+)$'))
if .status >= 500 {
  .severity = "error"
} else if .status >= 400 {
  .severity = "warning"
} else {
  .severity = "info"
}
`

export const redaction = `.message = redact(string!(.message), filters: [r'(?i)bearer [\\w.-]+', r'\\b\\d{4} \\d{4} \\d{4} \\d{4}\\b', r'[\\w.]+@[\\w.]+'])
del(.password)
.ip = ip_subnet!(.ip, "/24")
`

export const grok = `. |= parse_grok!(.message, "%{IPORHOST:client} %{USER:ident} %{USER:user} \\\\[%{HTTPDATE:at}\\\\] \\"%{WORD:method} %{NOTSPACE:path} HTTP/%{NUMBER:version}\\" %{INT:status} %{INT:bytes}")
.status = to_int!(.status)
del(.message)
`

export const accessLog = (i: number): string =>
  JSON.stringify({
    host: `web-${i % 40}.example.com`,
    source: 'nginx',
    region: 'eu-west-1',
    container: `web-${i % 97}`,
    dt: new Date(1_760_000_000_000 + i * 7).toISOString(),
    message: JSON.stringify({
      level: ['info', 'warn', 'error'][i % 3],
      status: String([200, 200, 301, 404, 502][i % 5]),
      request: `GET /api/v2/items/${i}?page=${i % 9} HTTP/1.1`,
      duration_ms: (i % 997) / 4,
      user: { id: i % 5000, plan: 'team' },
    }),
  })

export const secret = (i: number): string =>
  JSON.stringify({
    message: `user ada.${i}@mail.example paid with 4111 1111 1111 ${1000 + (i % 9000)}, authorization: Bearer abc.${i}.xyz`,
    password: 'hunter2',
    ip: `203.0.113.${i % 256}`,
  })

export const request = (i: number): string =>
  JSON.stringify({ message: `203.0.113.${i % 256} - ada [05/May/2026:12:00:00 +0200] "GET /items/${i} HTTP/1.1" ${200 + (i % 5)} ${i}` })

/** Programs by name, and a line of NDJSON for each number. */
export const programs = {
  'reference program': { program: reference, line: accessLog },
  redaction: { program: redaction, line: secret },
  grok: { program: grok, line: request },
}
