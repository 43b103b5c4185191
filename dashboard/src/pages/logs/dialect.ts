import { SQLDialect, StandardSQL } from '@codemirror/lang-sql'

/** ClickHouse as far as an editor must know it: its words, its common functions, its quotes. */
export const clickhouse = SQLDialect.define({
  keywords: `${StandardSQL.spec.keywords ?? ''} select from where prewhere group by having order limit offset with as and or not in like ilike between is null distinct on using join left right full inner outer cross any all asof array semi anti union intersect except case when then else end asc desc interval settings final sample totals rollup cube fill step to qualify window over partition rows range preceding following current row unbounded global`,
  types:
    'string uuid date datetime datetime64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 bool array map tuple nullable lowcardinality',
  builtin:
    'count sum avg min max any quantile quantiles uniq uniqexact topk groupArray countIf sumIf avgIf quantileIf toStartOfMinute toStartOfHour toStartOfDay toStartOfInterval toDate toDateTime toUInt64 toFloat64 toFloat64OrNull toFloat64OrZero toString now today dateDiff formatDateTime match extract position positionCaseInsensitive lower upper length splitByChar arrayJoin mapKeys mapValues mapContains JSONExtractString if multiIf coalesce round floor greatest least',
  backslashEscapes: true,
  doubleQuotedStrings: false,
  identifierQuotes: '`"',
  caseInsensitiveIdentifiers: false,
  operatorChars: '*+-%<>!=&|~^/?:',
})

/** The tables of a team under their short names, with the columns people ask for (clickhouse-migrations/ has all). */
export const tables: Record<string, string[]> = {
  logs: ['timestamp', 'source_id', 'level', 'service', 'message', 'attributes', 'trace_id', 'span_id'],
  spans: [
    'timestamp',
    'source_id',
    'duration_ns',
    'trace_id',
    'span_id',
    'parent_span_id',
    'name',
    'kind',
    'service',
    'status',
    'status_message',
    'attributes',
  ],
  metrics: ['timestamp', 'name', 'labels', 'value', 'source_id'],
  checks: ['at', 'monitor', 'region', 'outcome', 'error', 'status', 'ttfb_ms', 'total_ms', 'bytes', 'verdict'],
  monitor_states: ['at', 'monitor', 'state', 'incident'],
  errors: ['timestamp', 'project_id', 'group_id', 'level', 'type', 'message', 'culprit', 'service', 'environment', 'release', 'attributes'],
}
