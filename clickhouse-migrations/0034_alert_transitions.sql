-- When series of alerts changed between inactive, pending and firing: one row per change. Counts of firings are read from here.
CREATE TABLE IF NOT EXISTS tocsin.alert_transitions
(
    team UUID COMMENT 'the tenant; first in every key and filter',
    alert_id UUID COMMENT 'the alert, or the imported rule',
    at DateTime64(3, 'UTC') COMMENT 'the instant that was evaluated' CODEC(DoubleDelta, ZSTD(1)),
    id UUID COMMENT 'made once, so that a row sent twice is stored once',
    series String COMMENT 'key of the series: its labels',
    labels Map(LowCardinality(String), String) COMMENT 'labels of the alert, the rule''s own included',
    from_state Enum8('inactive' = 0, 'pending' = 1, 'firing' = 2) COMMENT 'what it was',
    to_state Enum8('inactive' = 0, 'pending' = 1, 'firing' = 2) COMMENT 'what it is from then on',
    value String COMMENT 'the value at that instant, as Prometheus writes a float',
    active_at DateTime64(3, 'UTC') COMMENT 'since when its condition held',
    incident_id Nullable(UUID) COMMENT 'the incident that stood for it'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (team, alert_id, at, id)
TTL toDateTime(at) + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000;
