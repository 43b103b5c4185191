CREATE TABLE telemetry_plans (
  team TEXT PRIMARY KEY NOT NULL, bundle TEXT NOT NULL, warehouse TEXT NOT NULL, overage INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE TABLE over_quotas (
  team TEXT NOT NULL, signal TEXT NOT NULL, month INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (team, signal)
);
