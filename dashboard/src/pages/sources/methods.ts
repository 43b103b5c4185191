import type { IngestionMethod } from '../../../../shared/logs/schema.ts'

/** How people call the ways a source is fed. */
export const methodNames = {
  HTTP: 'HTTP and SDKs',
  VECTOR: 'Vector',
  FLUENT_BIT: 'Fluent Bit',
  SYSLOG: 'Syslog',
  OTLP: 'OpenTelemetry',
  ELASTICSEARCH: 'Elasticsearch',
  LOKI: 'Loki',
  SPLUNK: 'Splunk HEC',
  PROMETHEUS: 'Prometheus',
  HEROKU: 'Heroku',
} satisfies Record<IngestionMethod, string>
