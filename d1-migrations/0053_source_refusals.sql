-- What the latest refused body of a reason began with, so that the page of a source can show what is wrong with it.
ALTER TABLE source_refusals ADD COLUMN began TEXT NOT NULL DEFAULT '';
