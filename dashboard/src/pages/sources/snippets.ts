import type { IngestionMethod } from '../../../../shared/logs/schema.ts'

/** One step of connecting: words and what to copy. `TOKEN` and `ORIGIN` are put in place by `filled`. */
export type Step = { title: string; code: string; note?: string }
export type Client = { id: string; name: string; methods: readonly IngestionMethod[]; sends: string; steps: readonly Step[] }

const curl: Step = {
  title: 'Or try from a terminal, now',
  code: `curl ORIGIN -H "Authorization: Bearer TOKEN" \\
  -H "Content-Type: application/json" -d '{"message":"hello","level":"info"}'`,
}

/** A client = one entry. The first whose methods hold the source's is the tab that opens. */
export const clients = [
  {
    id: 'node',
    name: 'Node.js',
    methods: ['HTTP'],
    sends: 'logs from Node.js',
    steps: [
      { title: 'Install', code: 'npm install @logtail/node' },
      {
        title: 'Log one line',
        code: `import { Logtail } from '@logtail/node'

const log = new Logtail('TOKEN', { endpoint: 'ORIGIN' })

log.info('hello', { worker: 1 })
await log.flush()`,
      },
      curl,
    ],
  },
  {
    id: 'pino',
    name: 'Pino',
    methods: [],
    sends: 'logs from Pino',
    steps: [
      { title: 'Install', code: 'npm install pino @logtail/pino' },
      {
        title: 'Log one line',
        code: `import pino from 'pino'

const log = pino(pino.transport({
  target: '@logtail/pino',
  options: { sourceToken: 'TOKEN', options: { endpoint: 'ORIGIN' } },
}))

log.info({ worker: 1 }, 'hello')`,
      },
    ],
  },
  {
    id: 'python',
    name: 'Python',
    methods: [],
    sends: 'logs from Python',
    steps: [
      { title: 'Install', code: 'pip install logtail-python' },
      {
        title: 'Log one line',
        code: `import logging
from logtail import LogtailHandler

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)
log.addHandler(LogtailHandler(source_token="TOKEN", host="ORIGIN"))

log.info("hello", extra={"worker": 1})`,
      },
    ],
  },
  {
    id: 'otel',
    name: 'OpenTelemetry',
    methods: ['OTLP'],
    sends: 'logs, traces and metrics by OTLP',
    steps: [
      {
        title: 'Any SDK: two variables',
        code: `export OTEL_EXPORTER_OTLP_ENDPOINT=ORIGIN
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20TOKEN"`,
      },
      {
        title: 'Or a collector',
        code: `exporters:
  otlphttp/tocsin:
    endpoint: ORIGIN
    headers:
      Authorization: Bearer TOKEN

service:
  pipelines:
    logs:    { receivers: [otlp], exporters: [otlphttp/tocsin] }
    traces:  { receivers: [otlp], exporters: [otlphttp/tocsin] }
    metrics: { receivers: [otlp], exporters: [otlphttp/tocsin] }`,
      },
    ],
  },
  {
    id: 'vector',
    name: 'Vector',
    methods: ['VECTOR'],
    sends: 'logs from Vector',
    steps: [
      {
        title: 'Add a sink to vector.yaml',
        code: `sinks:
  tocsin:
    type: http
    inputs: ["*"]
    uri: ORIGIN
    method: post
    compression: gzip
    encoding: { codec: json }
    framing: { method: newline_delimited }
    auth: { strategy: bearer, token: TOKEN }`,
      },
    ],
  },
  {
    id: 'fluent-bit',
    name: 'Fluent Bit',
    methods: ['FLUENT_BIT'],
    sends: 'logs from Fluent Bit',
    steps: [
      {
        title: 'Add an output to fluent-bit.conf',
        code: `[OUTPUT]
    Name              http
    Match             *
    Host              HOST
    Port              PORT
    tls               TLS
    URI               /
    Format            json_lines
    json_date_key     dt
    json_date_format  iso8601
    Header            Authorization Bearer TOKEN`,
      },
    ],
  },
  {
    id: 'elasticsearch',
    name: 'Elasticsearch',
    methods: ['ELASTICSEARCH'],
    sends: 'logs by the bulk API of Elasticsearch',
    steps: [
      {
        title: 'Filebeat, Logstash or any client: this host',
        code: `output.elasticsearch:
  hosts: ["ORIGIN"]
  headers:
    Authorization: "Bearer TOKEN"`,
      },
      {
        title: 'Or try from a terminal, now',
        code: `curl ORIGIN/_bulk -H "Authorization: Bearer TOKEN" \\
  -H "Content-Type: application/x-ndjson" \\
  --data-binary $'{"create":{"_index":"logs"}}\\n{"message":"hello"}\\n'`,
      },
    ],
  },
  {
    id: 'loki',
    name: 'Loki',
    methods: ['LOKI'],
    sends: "logs by Loki's push API",
    steps: [
      {
        title: 'Grafana Alloy or Promtail: this client',
        code: `clients:
  - url: ORIGIN/loki/api/v1/push
    bearer_token: TOKEN`,
      },
      {
        title: 'Or try from a terminal, now',
        code: `curl ORIGIN/loki/api/v1/push -H "Authorization: Bearer TOKEN" \\
  -H "Content-Type: application/json" \\
  -d "{\\"streams\\":[{\\"stream\\":{\\"service\\":\\"shell\\"},\\"values\\":[[\\"$(date +%s)000000000\\",\\"hello\\"]]}]}"`,
      },
    ],
  },
  {
    id: 'splunk',
    name: 'Splunk HEC',
    methods: ['SPLUNK'],
    sends: "logs by Splunk's HTTP Event Collector",
    steps: [
      {
        title: 'Any HEC client: this address and token',
        code: `curl ORIGIN/services/collector/event -H "Authorization: Splunk TOKEN" \\
  -d '{"event":"hello","sourcetype":"shell"}'`,
      },
    ],
  },
  {
    id: 'syslog',
    name: 'Syslog',
    methods: ['SYSLOG', 'HEROKU'],
    sends: 'syslog over HTTP',
    steps: [
      {
        title: 'rsyslog: an HTTP action',
        code: `module(load="omhttp")
action(type="omhttp" server="HOST" serverport="PORT" usehttps="TLS"
  restpath="syslog" httpheaders=["Authorization: Bearer TOKEN"]
  template="RSYSLOG_SyslogProtocol23Format")`,
      },
      { title: 'Or a Heroku drain', code: 'heroku drains:add "SCHEME://token:TOKEN@HOSTPORT/syslog"' },
    ],
  },
  {
    id: 'prometheus',
    name: 'Prometheus',
    methods: ['PROMETHEUS'],
    sends: 'metrics by remote write',
    steps: [
      {
        title: 'Add to prometheus.yml',
        code: `remote_write:
  - url: ORIGIN/api/v1/write
    authorization:
      credentials: TOKEN`,
      },
    ],
  },
  { id: 'curl', name: 'curl', methods: [], sends: 'a line from a terminal', steps: [{ ...curl, title: 'Send one line' }] },
] as const satisfies readonly Client[]

export const clientFor = (method: IngestionMethod): Client =>
  (clients as readonly Client[]).find((c) => c.methods.includes(method)) ?? (clients as readonly Client[])[0]!

/** A snippet for this very source. The origin is where the source is fed; a token that may not be seen stays `$SOURCE_TOKEN`. */
export function filled(code: string, origin: string, token: string | null): string {
  const url = new URL(origin)
  const secure = url.protocol === 'https:'
  const values: Record<string, string> = {
    ORIGIN: url.origin,
    TOKEN: token ?? '$SOURCE_TOKEN',
    HOSTPORT: url.host,
    HOST: url.hostname,
    PORT: url.port || (secure ? '443' : '80'),
    TLS: secure ? 'on' : 'off',
    SCHEME: secure ? 'https' : 'http',
  }
  return code.replace(/\b(ORIGIN|TOKEN|HOSTPORT|HOST|PORT|TLS|SCHEME)\b(?!_)/g, (name) => values[name]!)
}

/** Only its last four characters are seen until it is asked for. */
export const masked = (token: string): string => `${'•'.repeat(12)}${token.slice(-4)}`
