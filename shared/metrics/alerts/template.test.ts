import { expect, test } from 'vitest'
import { expand, misunderstood } from './template.ts'

test.each<[string, number, string]>([
  ['plain', 1, 'plain'],
  ['{{ $value }}', 0.5, '0.5'],
  ['{{$value}} of {{ .Value }}', 3, '3 of 3'],
  ['{{ $labels.job }}/{{ .Labels.instance }}', 1, 'api/a:9100'],
  ['{{ $labels.none }}|', 1, '|'],
  ['{{ $value | humanize }}', 1_234_567, '1.235M'],
  ['{{ humanize $value }}', 0.00123, '1.23m'],
  ['{{ $value | humanize1024 }}B', 5_368_709_120, '5GiB'],
  ['{{ $value | humanizePercentage }}', 0.1234, '12.34%'],
  ['{{ $value | humanizeDuration }}', 93_784, '1d 2h 3m 4s'],
  ['{{ printf "%.2f" $value }} s', 1.005, '1.00 s'],
  ['{{ $value | printf "%.1f%%" }}', 12.34, '12.3%'],
  ['{{ $labels.instance | stripPort | toUpper }}', 1, 'A'],
  ['{{- $labels.job -}}', 1, 'api'],
  ['{{ $value }}', Number.POSITIVE_INFINITY, '+Inf'],
])('%s of %d is %s', (template, value, expected) => {
  expect(expand(template, { labels: { job: 'api', instance: 'a:9100' }, value })).toBe(expected)
})

test.each(['{{ if gt $value 1.0 }}x{{ end }}', '{{ query "up" | first }}', '{{ constructor }}', '{{ $labels.__proto__.x }}'])(
  'what is not understood is told, and its text says so: %s',
  (template) => {
    expect(misunderstood(template).length).toBeGreaterThan(0)
    expect(expand(template, { labels: {}, value: 1 })).toContain('<error expanding template')
  },
)
