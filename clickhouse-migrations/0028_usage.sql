-- What was sent, by source, signal and minute: quotas and bills are sums over it. The doors tell it every few seconds; rows of one minute are added up by merges.
CREATE TABLE IF NOT EXISTS tocsin.usage
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    source_id UUID COMMENT 'the source whose token sent it',
    signal Enum8('logs' = 1, 'traces' = 2, 'metrics' = 3) COMMENT 'what it is counted as',
    at DateTime('UTC') COMMENT 'the minute in which it came',
    bytes UInt64 COMMENT 'as it was sent, decompressed',
    events UInt64 COMMENT 'log records, spans, points',
    requests UInt64 COMMENT 'uploads that were taken'
)
ENGINE = SummingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, source_id, signal, at)
TTL at + INTERVAL 25 MONTH
SETTINGS non_replicated_deduplication_window = 10000;
