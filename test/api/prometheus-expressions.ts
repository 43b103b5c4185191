/** Something of every kind of expression, over the series of prometheus.test.ts. */
export const expressions = `
1 + 2 * 3
time()
"text"
vector(7)
http_requests_total
http_requests_total{job="api"}
http_requests_total{job!="api"}
http_requests_total{job=~"a.*"}
http_requests_total{job!~"a.*|x"}
http_requests_total{code=~"2..",instance=~"a|b"}
http_requests_total{missing=""}
http_requests_total{missing!~".+",job="web"}
http_requests_total{job=~"(?i)API"}
{__name__="limit"}
{__name__=~"limit|temperature"}
{__name__=~"te.*",room!="a"}
{"odd.näme"}
{"läbel one"=~"žlu.*\\\\n.*"}
{"odd.näme", "läbel one"!="x"}
http_requests_total offset 2m
http_requests_total offset -1m
http_requests_total @ start()
http_requests_total @ end()
gone
absent(gone)
absent(nothing{job="api"})
absent_over_time(gone[2m])
present_over_time(gone[10m])
rate(http_requests_total[5m])
rate(http_requests_total[90s])
irate(http_requests_total[5m])
increase(http_requests_total[5m])
delta(temperature[5m])
idelta(temperature[5m])
deriv(temperature{room="b"}[5m])
predict_linear(temperature{room="b"}[5m], 3600)
resets(http_requests_total[10m])
changes(temperature[10m])
sum(http_requests_total)
sum by (job) (rate(http_requests_total[5m]))
sum without (instance) (rate(http_requests_total[5m]))
avg by (code) (http_requests_total)
min(http_requests_total)
max by (job) (http_requests_total)
count by (job, code) (http_requests_total)
group by (code) (http_requests_total)
stddev(http_requests_total)
stdvar by (job) (http_requests_total)
topk(2, http_requests_total)
bottomk by (job) (1, http_requests_total)
quantile(0.3, http_requests_total)
count_values("value", limit)
limitk(2, http_requests_total)
limit_ratio(0.5, http_requests_total)
avg_over_time(temperature[5m])
min_over_time(temperature[5m])
max_over_time(http_requests_total[5m])
sum_over_time(temperature{room="b"}[5m])
count_over_time(http_requests_total[5m])
quantile_over_time(0.9, temperature{room="b"}[10m])
stddev_over_time(temperature{room="b"}[10m])
stdvar_over_time(temperature{room="b"}[10m])
last_over_time(http_requests_total[5m])
first_over_time(http_requests_total[5m])
mad_over_time(temperature{room="b"}[10m])
double_exponential_smoothing(temperature{room="b"}[10m], 0.5, 0.5)
max_over_time(rate(http_requests_total[5m])[10m:1m])
avg_over_time(temperature{room="b"}[10m:])
sum_over_time((limit > 0)[5m:30s])
rate(http_requests_total[5m:1m] offset 1m)
http_requests_total / on (job) group_left limit
limit * on (job) group_right http_requests_total
http_requests_total{code="200"} - ignoring (code) http_requests_total{code="500"}
http_requests_total and on (job) limit
http_requests_total or limit
http_requests_total unless on (instance) http_requests_total{code="500"}
http_requests_total > 50
http_requests_total > bool 50
temperature == temperature
-temperature
temperature ^ 2
temperature % 3
limit atan2 2
2 * temperature + 1
abs(temperature)
ceil(temperature)
floor(temperature)
round(temperature, 0.5)
sqrt(limit)
exp(temperature)
ln(limit)
log2(limit)
log10(limit)
sgn(temperature)
clamp(temperature, 0, 4)
clamp_min(temperature, 2)
clamp_max(temperature, 2)
sin(temperature)
tanh(temperature)
deg(temperature)
scalar(limit{job="api"})
timestamp(http_requests_total)
hour()
day_of_week(vector(time()))
days_in_month()
sort(http_requests_total)
sort_desc(http_requests_total)
sort_by_label(http_requests_total, "instance")
label_replace(http_requests_total, "host", "$1-x", "instance", "(.*)")
label_join(http_requests_total, "both", "/", "job", "instance")
info(http_requests_total)
histogram_quantile(0.9, rate(latency_bucket[5m]))
histogram_quantile(0.5, sum by (le) (rate(latency_bucket[5m])))
histogram_fraction(0, 0.2, rate(latency_bucket[5m]))
native
custom
mixed
rate(native{job="api"}[5m])
increase(native[5m])
sum(native)
sum(rate(native[5m]))
histogram_quantile(0.9, native)
histogram_quantile(0.9, sum(rate(native[5m])))
histogram_count(native)
histogram_sum(native)
histogram_avg(native)
histogram_stddev(native)
histogram_fraction(0, 2, custom)
avg(custom)
count_over_time(mixed[5m])
last_over_time(mixed[5m])
sum_over_time(native[3m])
temperature + native
rate(temperature[5m])
quantile(2, temperature)
http_requests_total[2m]
mixed[5m]
`
  .split('\n')
  .filter(Boolean)
