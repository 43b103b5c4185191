-- Samples with their names, for SQL by hand, and what was derived from logs beside them; quantiles are kept as buckets and are for PromQL. The tenant's row filters act on the tables below it.
CREATE OR REPLACE VIEW tocsin.metrics SQL SECURITY INVOKER AS
SELECT s.at AS timestamp, i.name AS name, i.labels AS labels, s.value AS value, s.source_id AS source_id
FROM tocsin.samples AS s
SEMI LEFT JOIN tocsin.series AS i ON s.team = i.team AND s.fingerprint = i.fingerprint
WHERE s.kind = 0
UNION ALL
SELECT d.at AS timestamp, i.name AS name, i.labels AS labels, d.value AS value, d.source_id AS source_id
FROM
(
    SELECT team, fingerprint, at, source_id, multiIf(aggregate = 'count', toFloat64(sum(lines)), aggregate = 'sum', sum(total), sum(total) / sum(lines)) AS value
    FROM tocsin.derived_points
    WHERE aggregate != 'quantile'
    GROUP BY team, fingerprint, at, source_id, aggregate
) AS d
SEMI LEFT JOIN tocsin.series AS i ON d.team = i.team AND d.fingerprint = i.fingerprint;
