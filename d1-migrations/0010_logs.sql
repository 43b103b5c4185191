CREATE TABLE sources (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, team TEXT NOT NULL, name TEXT NOT NULL, ingestion_method TEXT NOT NULL,
  platform TEXT NOT NULL, table_name TEXT NOT NULL, data_region TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, token_sealed TEXT NOT NULL,
  vrl_pipeline TEXT NOT NULL, retention_days INTEGER NOT NULL, metrics_retention_days INTEGER NOT NULL, s3_bucket TEXT,
  derived_metrics_enabled INTEGER NOT NULL, derived_metrics_nvme INTEGER NOT NULL, live_tail_pattern TEXT, ingesting_paused INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE INDEX sources_team ON sources (team);
