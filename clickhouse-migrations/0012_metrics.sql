-- Which series there are: one row per series and day on which it had a sample. Selectors are answered here, samples are read by fingerprint.
CREATE TABLE IF NOT EXISTS tocsin.series
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    name LowCardinality(String) COMMENT 'the label __name__',
    fingerprint UInt64 COMMENT 'XXH64 of all labels, as Prometheus hashes them',
    day Date COMMENT 'UTC day of at least one of its samples',
    source_id UUID COMMENT 'the source whose token sent it',
    labels Map(LowCardinality(String), String) COMMENT 'all labels but __name__',
    retention_days UInt16 COMMENT 'of its source when it was stored'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (team, name, fingerprint, day, source_id)
TTL day + toIntervalDay(retention_days) + INTERVAL 1 DAY
SETTINGS non_replicated_deduplication_window = 10000;

-- One row per float sample: 1.6 bytes for noisy gauges and counters. Of values, plain ZSTD made 1.58 bytes, Gorilla 1.94, FPC 2.05, Delta 1.62. A sample that comes again replaces the first: readers take the last of a time.
CREATE TABLE IF NOT EXISTS tocsin.samples
(
    team UUID COMMENT 'the tenant' CODEC(ZSTD(1)),
    fingerprint UInt64 COMMENT 'its series' CODEC(ZSTD(1)),
    at DateTime64(3, 'UTC') COMMENT 'when it was taken' CODEC(DoubleDelta, ZSTD(1)),
    kind UInt8 COMMENT '0 a number, 1 a stale marker: the series ended here' CODEC(ZSTD(1)),
    value Float64 COMMENT 'a stale marker has its bit pattern 7ff0000000000002' CODEC(ZSTD(1)),
    start DateTime64(3, 'UTC') COMMENT 'when the counter began, the epoch when not known' CODEC(DoubleDelta, ZSTD(1)),
    source_id UUID COMMENT 'the source whose token sent it' CODEC(ZSTD(1)),
    retention_days UInt16 COMMENT 'of its source when it was stored' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, fingerprint, at)
TTL toDateTime(at) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000;

-- What the doors insert: many samples to a row, because a sample is 12 bytes and its row's names would be 150. Nothing is stored here.
CREATE TABLE IF NOT EXISTS tocsin.samples_in
(
    team UUID,
    source_id UUID,
    retention_days UInt16,
    fingerprints Array(UInt64),
    times Array(Int64) COMMENT 'epoch ms',
    values Array(Float64),
    kinds Array(UInt8),
    starts Array(Int64) COMMENT 'epoch ms, 0 when not known'
)
ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS tocsin.samples_unpacked TO tocsin.samples AS
SELECT
    team,
    f AS fingerprint,
    fromUnixTimestamp64Milli(t, 'UTC') AS at,
    k AS kind,
    if(k = 1, reinterpretAsFloat64(toUInt64(9218868437227405314)), v) AS value,
    fromUnixTimestamp64Milli(s, 'UTC') AS start,
    source_id,
    retention_days
FROM tocsin.samples_in
ARRAY JOIN fingerprints AS f, times AS t, values AS v, kinds AS k, starts AS s;

-- One row per native histogram sample; counts are absolute, buckets are listed by index.
CREATE TABLE IF NOT EXISTS tocsin.histograms
(
    team UUID COMMENT 'the tenant',
    fingerprint UInt64 COMMENT 'its series' CODEC(ZSTD(1)),
    at DateTime64(3, 'UTC') COMMENT 'when it was taken' CODEC(DoubleDelta, ZSTD(1)),
    start DateTime64(3, 'UTC') COMMENT 'when the counter began, the epoch when not known' CODEC(DoubleDelta, ZSTD(1)),
    hint Enum8('unknown' = 0, 'reset' = 1, 'not_reset' = 2, 'gauge' = 3) COMMENT 'what the sender says about a reset before it',
    schema Int8 COMMENT '-4 … 8: 2^schema buckets per power of two; -53: bounds are listed',
    count Float64 COMMENT 'of all measurements' CODEC(ZSTD(1)),
    sum Float64 COMMENT 'of all measurements' CODEC(ZSTD(1)),
    zero_threshold Float64 COMMENT 'half the width of the bucket around zero' CODEC(ZSTD(1)),
    zero_count Float64 COMMENT 'measurements in it' CODEC(ZSTD(1)),
    positive_index Array(Int32) COMMENT 'buckets above zero, ascending' CODEC(ZSTD(1)),
    positive_count Array(Float64) COMMENT 'measurements in each of them' CODEC(ZSTD(1)),
    negative_index Array(Int32) COMMENT 'buckets below zero, by absolute value' CODEC(ZSTD(1)),
    negative_count Array(Float64) COMMENT 'measurements in each of them' CODEC(ZSTD(1)),
    bounds Array(Float64) COMMENT 'upper bounds of all buckets but the last, for schema -53' CODEC(ZSTD(1)),
    source_id UUID COMMENT 'the source whose token sent it' CODEC(ZSTD(1)),
    retention_days UInt16 COMMENT 'of its source when it was stored' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, fingerprint, at)
TTL toDateTime(at) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000;

-- Single measurements beside a series, with the trace they belong to.
CREATE TABLE IF NOT EXISTS tocsin.exemplars
(
    team UUID COMMENT 'the tenant',
    fingerprint UInt64 COMMENT 'its series' CODEC(ZSTD(1)),
    at DateTime64(3, 'UTC') COMMENT 'when it was measured' CODEC(DoubleDelta, ZSTD(1)),
    value Float64 COMMENT 'what was measured' CODEC(ZSTD(1)),
    trace_id String COMMENT 'hex, empty when there is none' CODEC(ZSTD(1)),
    span_id String COMMENT 'hex, empty when there is none' CODEC(ZSTD(1)),
    labels Map(LowCardinality(String), String) COMMENT 'what else it says' CODEC(ZSTD(1)),
    source_id UUID COMMENT 'the source whose token sent it' CODEC(ZSTD(1)),
    retention_days UInt16 COMMENT 'of its source when it was stored' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, fingerprint, at, trace_id, span_id)
TTL toDateTime(at) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000;

-- What a metric is, as its last sender says.
CREATE TABLE IF NOT EXISTS tocsin.metric_metadata
(
    team UUID COMMENT 'the tenant',
    name String COMMENT 'the metric, without _bucket, _sum, _count',
    type LowCardinality(String) COMMENT 'counter, gauge, histogram, summary, gaugehistogram, info, stateset, unknown',
    unit LowCardinality(String) COMMENT 'as the sender writes it',
    help String COMMENT 'one sentence of the sender',
    seen DateTime64(3, 'UTC') COMMENT 'when it was told',
    source_id UUID COMMENT 'the source whose token sent it'
)
ENGINE = ReplacingMergeTree(seen)
ORDER BY (team, name)
SETTINGS non_replicated_deduplication_window = 10000;

-- Samples with their names, for SQL by hand. The tenant's row filters act on the tables below it.
CREATE VIEW IF NOT EXISTS tocsin.metrics SQL SECURITY INVOKER AS
SELECT s.at AS timestamp, i.name AS name, i.labels AS labels, s.value AS value, s.source_id AS source_id
FROM tocsin.samples AS s
SEMI LEFT JOIN tocsin.series AS i ON s.team = i.team AND s.fingerprint = i.fingerprint
WHERE s.kind = 0;
