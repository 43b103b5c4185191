-- One row per log record. Attributes are text under dotted names: a Map costs 40 % less to insert than the JSON type and is read fast enough (docs/formats.md).
CREATE TABLE IF NOT EXISTS tocsin.logs
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    source_id UUID COMMENT 'the source whose token sent it',
    timestamp DateTime64(9, 'UTC') COMMENT 'when it happened, as the record says; else when it arrived' CODEC(Delta(8), ZSTD(1)),
    level LowCardinality(String) COMMENT 'lower case, as the record says: debug, info, warn, error, fatal …',
    service LowCardinality(String) COMMENT 'what wrote it',
    message String COMMENT 'the text' CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) COMMENT 'everything else: nested names are dotted, arrays are JSON' CODEC(ZSTD(1)),
    trace_id String COMMENT 'hex, empty when there is none' CODEC(ZSTD(1)),
    span_id String COMMENT 'hex, empty when there is none' CODEC(ZSTD(1)),
    retention_days UInt16 COMMENT 'of its source when it was stored',
    INDEX words message TYPE text(tokenizer = 'splitByNonAlpha'),
    INDEX trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toMonday(timestamp)
ORDER BY (team, source_id, timestamp)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 0;
