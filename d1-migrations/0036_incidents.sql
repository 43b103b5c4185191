ALTER TABLE incident_heads ADD COLUMN alert_id TEXT;
