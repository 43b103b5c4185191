import { loadScript } from '../script/run-script.ts'

/** Something of everything: counters with resets, gaps, stale markers, mixed samples, classic and native histograms. */
export const garden = loadScript(`
  load 30s
    c_total{a="x",b="x1"} 0+7x8 3+5x8
    c_total{a="x",b="x2"} 0+1x6 _x4 9+1x6
    c_total{a="y",b="y"}  5 6 stale 1 2 _x3 4+2x10
    g{a="x",b="x1"}       1 NaN 3 -Inf 5 +Inf 7 -8 9x10
    g{a="y"}              -1+0.25x17
    g{b="xx"}             {{schema:0 count:3 sum:4 buckets:[1 2]}} 4 5 {{count:1 sum:1}} 7x10
    h{a="x"}              {{schema:1 count:5 sum:9 z_bucket:1 z_bucket_w:0.01 buckets:[1 2] n_buckets:[1]}}+{{schema:1 count:3 sum:2 buckets:[1 2]}}x16
    h{a="y"}              {{schema:3 count:4 sum:6 buckets:[1 2 1]}}x8 {{schema:0 count:1 sum:1 buckets:[1]}}x8
    n{a="x"}              {{schema:-53 sum:7 count:6 custom_values:[1 2] buckets:[1 2 3]}}x8 {{schema:-53 sum:7 count:6 custom_values:[1 5] buckets:[1 2 3]}}x8
    l_bucket{a="x",le="1"}    0+1x16
    l_bucket{a="x",le="2"}    0+3x16
    l_bucket{a="x",le="+Inf"} 0+4x16
    l_bucket{a="y",le="oops"} 0+4x16
    info{a="x",instance="i",job="j"} 1x16
    target_info{b="new",instance="i",job="j"} 1x16
    {"é.é", job="j", instance="i"} 1 2 3
`)
