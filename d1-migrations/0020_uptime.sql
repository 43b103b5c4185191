-- A list's order and states are read from this alone: the rows themselves are wide, and a page of a list is 50 of maybe 10,000.
CREATE INDEX monitors_listed ON monitors (team, name, number, id, paused_at, monitor_group_id) WHERE deleted_at IS NULL;
CREATE INDEX monitor_heads_status ON monitor_heads (id, status);
-- What was deleted lately can be restored; the daily sweep looks for the rest.
CREATE INDEX monitors_deleted ON monitors (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX incident_heads_responder ON incident_heads (team, responder_id, created_at);
