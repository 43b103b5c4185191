-- A message of a queue is one INSERT, and may come again up to a quarter of an hour later: ten thousand tokens are a quarter of a minute
-- at 60,000 events a second, a hundred thousand are three minutes. A token is some 70 bytes on disk.
ALTER TABLE tocsin.logs MODIFY SETTING non_replicated_deduplication_window = 100000;
ALTER TABLE tocsin.spans MODIFY SETTING non_replicated_deduplication_window = 100000;
ALTER TABLE tocsin.series MODIFY SETTING non_replicated_deduplication_window = 100000;
ALTER TABLE tocsin.samples MODIFY SETTING non_replicated_deduplication_window = 100000;
ALTER TABLE tocsin.histograms MODIFY SETTING non_replicated_deduplication_window = 100000;
ALTER TABLE tocsin.exemplars MODIFY SETTING non_replicated_deduplication_window = 100000;
