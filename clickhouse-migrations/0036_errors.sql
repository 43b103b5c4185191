-- One row per error event: what tenants' SQL reads as `errors`. Nothing writes it before the doors that take Sentry envelopes do; its columns stand so that queries may be written.
CREATE TABLE IF NOT EXISTS tocsin.errors
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    project_id UUID COMMENT 'the project whose DSN sent it',
    group_id String COMMENT 'the issue it belongs to: events of one fingerprint' CODEC(ZSTD(1)),
    event_id String COMMENT 'of the SDK, 32 hex digits' CODEC(ZSTD(1)),
    timestamp DateTime64(9, 'UTC') COMMENT 'when it happened, as the event says; else when it arrived' CODEC(Delta(8), ZSTD(1)),
    level LowCardinality(String) COMMENT 'fatal, error, warning, info, debug',
    type LowCardinality(String) COMMENT 'class of the exception, as TypeError',
    message String COMMENT 'what it says' CODEC(ZSTD(1)),
    culprit String COMMENT 'where it was thrown: function and file of the innermost frame of the application' CODEC(ZSTD(1)),
    service LowCardinality(String) COMMENT 'what threw it',
    environment LowCardinality(String) COMMENT 'production, staging …',
    release LowCardinality(String) COMMENT 'version of the application',
    platform LowCardinality(String) COMMENT 'node, python, javascript …',
    user_id String COMMENT 'whom it happened to, as the application names them; empty when it does not say' CODEC(ZSTD(1)),
    handled UInt8 COMMENT '1: caught and reported, 0: it ended what was going on',
    attributes Map(LowCardinality(String), String) COMMENT 'tags and contexts under dotted names' CODEC(ZSTD(1)),
    trace_id String COMMENT 'hex, empty when there is none' CODEC(ZSTD(1)),
    span_id String COMMENT 'hex, empty when there is none' CODEC(ZSTD(1)),
    retention_days UInt16 COMMENT 'of its project when it was stored',
    INDEX trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toMonday(timestamp)
ORDER BY (team, project_id, timestamp)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 0;
