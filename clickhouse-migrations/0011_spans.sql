-- One row per span. A trace is found by the bloom filter, a service's requests by the key.
CREATE TABLE IF NOT EXISTS tocsin.spans
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    source_id UUID COMMENT 'the source whose token sent it',
    timestamp DateTime64(9, 'UTC') COMMENT 'when it began' CODEC(Delta(8), ZSTD(1)),
    duration_ns UInt64 COMMENT 'how long it took; 0 when it ends before it begins' CODEC(ZSTD(1)),
    trace_id String COMMENT '32 hex digits' CODEC(ZSTD(1)),
    span_id String COMMENT '16 hex digits' CODEC(ZSTD(1)),
    parent_span_id String COMMENT 'empty for the root' CODEC(ZSTD(1)),
    trace_state String COMMENT 'W3C tracestate' CODEC(ZSTD(1)),
    name LowCardinality(String) COMMENT 'the operation',
    kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5) COMMENT 'its role in the call',
    service LowCardinality(String) COMMENT 'service.name of the resource',
    status Enum8('unset' = 0, 'ok' = 1, 'error' = 2) COMMENT 'as its author set it',
    status_message String COMMENT 'why it failed' CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) COMMENT 'of the span; resource.* of its resource, scope.* of what made it' CODEC(ZSTD(1)),
    `events.timestamp` Array(DateTime64(9, 'UTC')) COMMENT 'events in order' CODEC(ZSTD(1)),
    `events.name` Array(LowCardinality(String)) COMMENT 'what happened' CODEC(ZSTD(1)),
    `events.attributes` Array(Map(LowCardinality(String), String)) COMMENT 'of each event' CODEC(ZSTD(1)),
    `links.trace_id` Array(String) COMMENT 'spans of other traces that caused it' CODEC(ZSTD(1)),
    `links.span_id` Array(String) COMMENT '16 hex digits each' CODEC(ZSTD(1)),
    `links.attributes` Array(Map(LowCardinality(String), String)) COMMENT 'of each link' CODEC(ZSTD(1)),
    retention_days UInt16 COMMENT 'of its source when it was stored',
    INDEX trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX duration duration_ns TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toMonday(timestamp)
ORDER BY (team, service, name, timestamp)
TTL toDateTime(timestamp) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 0;
