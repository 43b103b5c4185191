-- What the rules of derived metrics counted in log lines: partial sums of one upload, series and interval, which ClickHouse adds up. Readers add up what is not merged yet.
CREATE TABLE IF NOT EXISTS tocsin.derived_points
(
    team UUID COMMENT 'the tenant' CODEC(ZSTD(1)),
    fingerprint UInt64 COMMENT 'its series' CODEC(ZSTD(1)),
    at DateTime64(3, 'UTC') COMMENT 'the end of the interval' CODEC(Delta(8), ZSTD(1)),
    aggregate Enum8('count' = 0, 'sum' = 1, 'avg' = 2, 'quantile' = 3) COMMENT 'what the rule makes of the lines',
    quantile Float64 COMMENT 'of the rule, 0 for the other aggregates' CODEC(ZSTD(1)),
    lines SimpleAggregateFunction(sum, UInt64) COMMENT 'lines counted' CODEC(ZSTD(1)),
    total SimpleAggregateFunction(sum, Float64) COMMENT 'sum of the field' CODEC(ZSTD(1)),
    buckets SimpleAggregateFunction(sumMap, Map(Int32, UInt64)) COMMENT 'for quantiles: values by bucket, 2 % wide' CODEC(ZSTD(1)),
    source_id UUID COMMENT 'the source whose lines they were' CODEC(ZSTD(1)),
    retention_days SimpleAggregateFunction(max, UInt16) COMMENT 'of its source when it was stored' CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, fingerprint, at, aggregate, quantile, source_id)
TTL toDateTime(at) + toIntervalDay(retention_days)
SETTINGS non_replicated_deduplication_window = 10000;
