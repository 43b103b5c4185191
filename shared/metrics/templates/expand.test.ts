import { expect, test } from 'vitest'
import { askQueries } from './collect.ts'
import { expand, misunderstood, type TemplateSample } from './expand.ts'

const labels = { job: 'api', instance: 'a:9100', host: 'db1.example.org:5432' }
const up: TemplateSample[] = [
  { labels: { instance: 'b:9100', __value__: 'x' }, value: 2 },
  { labels: { instance: 'a:9100' }, value: 1 },
]
const found: Record<string, TemplateSample[]> = { up, none: [] }
const setting = {
  at: 1_432_653_100_500,
  externalUrl: 'https://tocsin.example/base',
  externalLabels: { region: 'eu' },
  answers: (expr: string) => found[expr] ?? { error: `bad query ${expr}` },
}
const f = (template: string, value = 1.5) => expand(template, { labels, value }, setting)

test.each<[string, string, number?]>([
  ['plain', 'plain'],
  ['{{ $value }}', '0.5', 0.5],
  ['{{$value}} of {{ .Value }}', '3 of 3', 3],
  ['{{ $value }}', '1e+06', 1_000_000],
  ['{{ $value }}', '123456', 123_456],
  ['{{ $value }}', '1.234567e+06', 1_234_567],
  ['{{ $value }}', '1e-05', 0.00001],
  ['{{ $value }}', '+Inf', Number.POSITIVE_INFINITY],
  ['{{ $labels.job }}/{{ .Labels.instance }}', 'api/a:9100'],
  ['{{ $labels.none }}|', '|'],
  ['{{ index $labels "job" }}', 'api'],
  ['{{ $labels }}', 'map[host:db1.example.org:5432 instance:a:9100 job:api]'],
  ['{{ $externalLabels.region }} {{ .ExternalLabels.region }} {{ $externalURL }} {{ externalURL }} {{ pathPrefix }}', 'eu eu https://tocsin.example/base https://tocsin.example/base /base'], // biome-ignore format: a table
])('%s is %s', (template, expected, value) => {
  expect(f(template, value)).toBe(expected)
})

test.each<[string, number, string]>([
  ['humanize', 0, '0'],
  ['humanize', 1_234_567, '1.235M'],
  ['humanize', 0.00123, '1.23m'],
  ['humanize', 1e30, '1e+06Y'],
  ['humanize1024', 5_368_709_120, '5Gi'],
  ['humanize1024', 0.5, '0.5'],
  ['humanizePercentage', 0.1234, '12.34%'],
  ['humanizePercentage', 123.456, '1.235e+04%'],
  ['humanizeDuration', 93_784, '1d 2h 3m 4s'],
  ['humanizeDuration', -3661, '-1h 1m 1s'],
  ['humanizeDuration', 12.3456, '12.35s'],
  ['humanizeDuration', 0.0012, '1.2ms'],
  ['humanizeDuration', 0, '0s'],
  ['humanizeTimestamp', 1_432_653_100.5, '2015-05-26 15:11:40.5 +0000 UTC'],
  ['humanizeTimestamp', Number.NaN, 'NaN'],
  ['toDuration', 3723.5, '1h2m3.5s'],
  ['toTime', 0, '1970-01-01 00:00:00 +0000 UTC'],
])('%s of %d is %s', (name, value, expected) => {
  expect(f(`{{ $value | ${name} }}`, value)).toBe(expected)
})

test.each<[string, string]>([
  ['{{ printf "%.2f" 2.675 }} {{ printf "%.0f" 2.5 }} {{ printf "%5.1f|%-6s|%06.2f" 1.25 "ab" 3.14159 }}', '2.67 2   1.2|ab    |003.14'],
  ['{{ $value | printf "%.1f%%" }}', '1.5%'],
  ['{{ printf "%d %s %v %q %t %x" 5 "a" 1.5 "q\\"" true 255 }}', '5 a 1.5 "q\\"" true ff'],
  ['{{ printf "%d" 1.5 }} {{ printf "%s" }} {{ printf "x" 1 }}', '%!d(float64=1.5) %!s(MISSING) x%!(EXTRA int=1)'],
  ['{{ printf "%e %g %+.3g" 1234.5678 0.0000001 12.3456 }}', '1.234568e+03 1e-07 +12.3'],
  ['{{ $labels.instance | stripPort | toUpper }} {{ stripDomain $labels.host }} {{ stripDomain "10.0.0.1:80" }} {{ stripPort "[::1]:80" }}', 'A db1:5432 10.0.0.1:80 ::1'], // biome-ignore format: a table
  ['{{ title "they\'re here_now" }} {{ toLower "AbC" }}', "They'Re Here_now abc"],
  [
    '{{ match "a.*" "banana" }} {{ reReplaceAll "(\\\\w+):(\\\\d+)" "$2-$1" "a:1 b:2" }} {{ reReplaceAll "x*" "-" "ab" }}',
    'true 1-a 2-b -a-b-',
  ],
  [
    '{{ graphLink "up == 0" }} {{ tableLink "a{b=\\"c\\"}" }}',
    '/graph?g0.expr=up+%3D%3D+0&g0.tab=0 /graph?g0.expr=a%7Bb%3D%22c%22%7D&g0.tab=1',
  ],
  ['{{ parseDuration "1h2m10s" }} {{ humanizeDuration "90" }} {{ now | humanize }}', '3730 1m 30s 1.433G'],
  [
    '{{ (12345.0 | toTime).Hour }} {{ (toTime 0).Format "2006-01-02T15:04:05Z07:00" }} {{ (toDuration 90).Minutes }}',
    '3 1970-01-01T00:00:00Z 1.5',
  ],
  ['{{ print 1 2 "a" 3 }} {{ println "a" 1 }}', '1 2a3 a 1\n'],
  ['{{ len "é" }} {{ len $labels }} {{ slice "abcdef" 1 3 }} {{ urlquery "a b&c" }} {{ html "<a>" }}', '2 3 bc a+b%26c &lt;a&gt;'],
])('%s is %s', (template, expected) => {
  expect(f(template)).toBe(expected)
})

test.each<[string, string]>([
  ['{{ if gt $value 1.0 }}high{{ else }}low{{ end }}', 'high'],
  ['{{ if eq $labels.job "web" }}w{{ else if eq $labels.job "api" "db" }}a{{ else }}?{{ end }}', 'a'],
  ['{{ if and $labels.job (not $labels.none) }}y{{ end }}{{ or $labels.none "fallback" }}', 'yfallback'],
  ['{{ with $labels.none }}x{{ else with $labels.job }}job {{ . }}{{ end }}', 'job api'],
  ['{{ range $name, $v := $labels }}{{ $name }}={{ $v }};{{ end }}', 'host=db1.example.org:5432;instance=a:9100;job=api;'],
  ['{{ range query "up" | sortByLabel "instance" }}{{ .Labels.instance }}:{{ .Value }} {{ end }}', 'a:9100:1 b:9100:2 '],
  [
    '{{ query "up" | first | value | humanize }} {{ query "up" | first | label "instance" }} {{ query "up" | first | strvalue }}',
    '2 b:9100 x',
  ],
  ['{{ range query "none" }}x{{ else }}nothing{{ end }}', 'nothing'],
  ['{{ range $i, $s := query "up" }}{{ if $i }}, {{ end }}{{ $s | label "instance" }}{{ end }}', 'b:9100, a:9100'],
  ['{{ $x := 1 }}{{ range query "up" }}{{ $x = .Value }}{{ end }}{{ $x }}', '1'],
  ['{{ range 5 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}', '02'],
  ['{{ define "t" }}<{{ .arg0 }} {{ .arg1 }}>{{ end }}{{ template "t" (args $labels.job 2) }}', '<api 2>'],
  ['a  {{- /* nothing */ -}}  b {{- $labels.job -}} c', 'abapic'],
  ['{{ "}}" }}{{ `a"b` }}{{ \'a\' }}', '}}a"b97'],
])('%s is %s', (template, expected) => {
  expect(f(template)).toBe(expected)
})

test.each<[string, string]>([
  ['{{ gt $value 1 }}', 'incompatible types for comparison'],
  ['{{ .Nothing }}', "can't evaluate field Nothing"],
  ['{{ query "none" | first }}', 'first() called on vector with no elements'],
  ['{{ query "sum(" }}', 'bad query sum('],
  ['{{ "x" | humanize }}', 'invalid syntax'],
  ['{{ range 1000000000 }}{{ end }}', 'too much'],
  ['{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}', 'too deep'],
  ['{{ $x := "aaaaaaaaaa" }}{{ range 30 }}{{ $x = print $x $x }}{{ end }}', 'longer than'],
  ['{{ reReplaceAll "(" "" "a" }}', 'regexp'],
])('what fails is said in the text: %s', (template, message) => {
  const text = f(template)
  expect(text).toMatch(/^<error expanding template: error executing template: /)
  expect(text).toContain(message)
})

test.each<[string, string]>([
  ['{{ if }}', '1: missing value for if'],
  ['{{ end }}', '1: unexpected {{end}}'],
  ['a\n{{ constructor }}', '2: function "constructor" not defined'],
  ['{{ $labels.__proto__', '1: unclosed action'],
  ['{{ $y }}', '1: undefined variable "$y"'],
  ['{{ if true }}x', '1: unexpected EOF'],
  ['{{ "a }}', '1: unclosed action'],
  ['{{ break }}', '1: {{break}} outside {{range}}'],
  [`${'{{ if true }}'.repeat(200)}`, 'nested too deep'],
])('what cannot be read is told: %s', (template, why) => {
  expect(misunderstood(template)).toContain(why)
  expect(f(template)).toContain('<error expanding template: error parsing template: ')
})

test('a name of JavaScript is no label, field or function', () => {
  expect(f('{{ $labels.constructor }}{{ $labels.__proto__ }}|')).toBe('|')
  expect(misunderstood('{{ toString }}')).toContain('not defined')
})

test('queries that templates ask are asked once each, at the instant of their sample, and those within others too', async () => {
  const asked: string[] = []
  const templates = ['{{ range query "up" }}{{ query "x" | first | value }}{{ end }}', '{{ query "up" | len }}']
  const samples = [1000, 2000].map((at) => ({ labels: {}, value: 1, at }))
  const collected = await askQueries(templates, samples, '', async (expr, at) => {
    asked.push(`${expr} ${at}`)
    return expr === 'x' ? { error: 'no such thing' } : up
  })
  expect(asked).toEqual(['up 1000', 'x 1000', 'up 2000', 'x 2000'])
  expect(collected).toHaveLength(4)
})
