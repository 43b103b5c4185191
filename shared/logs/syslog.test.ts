import { expect, test } from 'vitest'
import { parseSyslog, syslogMessages } from './syslog.ts'

const at = Date.UTC(2026, 10, 23, 12)
const messages = (text: string) => [...syslogMessages(new TextEncoder().encode(text))]

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    "<34>1 2026-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed",
    { level: 'critical', message: "'su root' failed", service: 'su', timestamp: '2026-10-11T22:14:15.003Z' },
    { facility: 'auth', host: 'mymachine.example.com', msgid: 'ID47' },
  ],
  [
    "<165>1 2026-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time",
    { level: 'notice', message: "%% It's time", service: 'myproc', timestamp: '2026-08-24T12:14:15.000003Z' },
    { facility: 'local4', host: '192.0.2.1', procid: '8710' },
  ],
  [
    '<165>1 2026-10-11T22:14:15.003Z host evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="App\\"x\\]"][b@1 c="d"] An event',
    { level: 'notice', message: 'An event', service: 'evntslog', timestamp: '2026-10-11T22:14:15.003Z' },
    { facility: 'local4', host: 'host', msgid: 'ID47', 'exampleSDID@32473': { iut: '3', eventSource: 'App"x]' }, 'b@1': { c: 'd' } },
  ],
  ['<14>1 - - - - - -', { level: 'info', message: '' }, { facility: 'user' }],
  [
    '<34>Oct 11 22:14:15 mymachine su[12]: failed',
    { level: 'critical', message: 'failed', service: 'su', timestamp: '2026-10-11T22:14:15.000Z' },
    { facility: 'auth', host: 'mymachine', procid: '12' },
  ],
  [
    '<13>Dec 31 23:59:59 host app: last year',
    { level: 'notice', message: 'last year', service: 'app', timestamp: '2025-12-31T23:59:59.000Z' },
    { facility: 'user', host: 'host' },
  ],
  [
    '<13>2026-11-23T10:00:00.123+01:00 host app: iso',
    { level: 'notice', message: 'iso', service: 'app', timestamp: '2026-11-23T09:00:00.123Z' },
    { facility: 'user', host: 'host' },
  ],
  ['<13>just text', { level: 'notice', message: 'just text' }, { facility: 'user' }],
  ['no priority', { message: 'no priority' }, {}],
  ['<999>x', { message: '<999>x' }, {}],
])('%s', (line, known, record) => {
  const parsed = parseSyslog(line, at)
  expect(parsed.known).toEqual(known)
  expect(parsed.record).toEqual(record)
})

test("a Heroku drain's message has no structured data", () => {
  const { known, record } = parseSyslog('<45>1 2026-11-23T06:45:29+00:00 host heroku web.3 - [a] State changed', at, true)
  expect(known).toEqual({ level: 'notice', message: '[a] State changed', service: 'heroku', timestamp: '2026-11-23T06:45:29.000Z' })
  expect(record).toEqual({ facility: 'syslog', host: 'host', procid: 'web.3' })
})

test('frames are counted in bytes, and may hold newlines', () => {
  expect(messages('9 <13>žluť8 <13>a\nb\n')).toEqual(['<13>žlu\ufffd', null])
  expect(messages('10 <13>žluť8 <13>a\nb\n')).toEqual(['<13>žluť', '<13>a\nb'])
  expect(messages('99 <13>cut')).toEqual([null])
})

test('lines end with either line end; empty ones are none', () => {
  expect(messages('<13>a\r\n\n<13>b')).toEqual(['<13>a', '<13>b'])
})
