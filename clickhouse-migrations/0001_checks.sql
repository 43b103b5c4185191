-- One row per check that ran: what a region saw, and what it meant for the verdict.
CREATE TABLE IF NOT EXISTS tocsin.checks
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    monitor UUID COMMENT 'the monitor checked',
    at DateTime64(3, 'UTC') COMMENT 'when the check began',
    region LowCardinality(String) COMMENT 'us, eu, as, au',
    colo LowCardinality(String) COMMENT 'where it really ran, empty when the platform does not say',
    outcome Enum8('up' = 1, 'down' = 2) COMMENT 'this one answer, not the verdict',
    error LowCardinality(String) COMMENT 'class of the failure, empty when up',
    status UInt16 COMMENT 'HTTP status, 0 when none came',
    ttfb_ms Nullable(UInt32) COMMENT 'time to first byte; null when the runtime does not give it',
    total_ms UInt32 COMMENT 'whole time',
    bytes UInt32 COMMENT 'bytes of the body that were read',
    round String COMMENT 'id of the round, empty for a turn',
    verdict LowCardinality(String) COMMENT 'the monitor''s state after this result',
    why Array(String) COMMENT 'the decision trace in sentences',
    excerpt String COMMENT 'for failures: at most 2 KB of what came back, secrets masked'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, monitor, at)
TTL toDateTime(at) + INTERVAL 13 MONTH
SETTINGS non_replicated_deduplication_window = 10000;

-- One row per change of a monitor's state; availability is the time between them.
CREATE TABLE IF NOT EXISTS tocsin.monitor_states
(
    team UUID COMMENT 'the tenant',
    monitor UUID COMMENT 'the monitor',
    at DateTime64(3, 'UTC') COMMENT 'since when',
    state LowCardinality(String) COMMENT 'paused, pending, maintenance, up, validating, down',
    incident String COMMENT 'incident id while down, else empty',
    seq UInt64 COMMENT 'grows with every change of one monitor; settles the order within a millisecond'
)
ENGINE = ReplacingMergeTree
ORDER BY (team, monitor, at, seq)
SETTINGS non_replicated_deduplication_window = 10000;
