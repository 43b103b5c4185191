import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { readCalendar } from './calendar-in.ts'
import { calendarFeed } from './calendar-out.ts'
import { zones } from './fuzz/walk.ts'

const t = (text: string) => Date.parse(text)
const ics = (...events: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:x',
    ...events.flatMap((e) => ['BEGIN:VEVENT', ...e.trim().split(/\n\s*/), 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n')
const read = (text: string, more: Partial<Parameters<typeof readCalendar>[1]> = {}) =>
  readCalendar(text, {
    from: t('2026-03-01T00:00:00Z'),
    to: t('2026-05-01T00:00:00Z'),
    zone: 'Europe/Paris',
    whose: { user: 'ines' },
    busyOnly: false,
    ...more,
  })
const spans = (found: ReturnType<typeof read>) =>
  found.events.map((e) => [new Date(e.from).toISOString(), new Date(e.until).toISOString(), e.user])

describe('reading', () => {
  test('a time in a zone, in UTC, floating, and whole days', () => {
    const found = read(
      ics(
        'UID:1\nDTSTART;TZID=America/New_York:20260310T090000\nDTEND;TZID=America/New_York:20260310T170000',
        'UID:2\nDTSTART:20260311T090000Z\nDURATION:PT2H',
        'UID:3\nDTSTART:20260312T090000\nDTEND:20260312T100000',
        'UID:4\nDTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330',
      ),
    )
    expect(spans(found)).toEqual([
      ['2026-03-10T13:00:00.000Z', '2026-03-10T21:00:00.000Z', 'ines'],
      ['2026-03-11T09:00:00.000Z', '2026-03-11T11:00:00.000Z', 'ines'],
      ['2026-03-12T08:00:00.000Z', '2026-03-12T09:00:00.000Z', 'ines'],
      ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', 'ines'],
    ])
  })

  test('a weekly event keeps its wall clock when the clocks change; one day is left out, one moved', () => {
    const found = read(
      ics(
        'UID:1\nDTSTART;TZID=Europe/Paris:20260316T090000\nDTEND;TZID=Europe/Paris:20260316T100000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Paris:20260323T090000',
        'UID:1\nRECURRENCE-ID;TZID=Europe/Paris:20260330T090000\nDTSTART;TZID=Europe/Paris:20260331T140000\nDTEND;TZID=Europe/Paris:20260331T150000',
      ),
    )
    expect(spans(found).map(([from]) => from)).toEqual([
      '2026-03-16T08:00:00.000Z',
      '2026-03-31T12:00:00.000Z',
      '2026-04-06T07:00:00.000Z',
      '2026-04-13T07:00:00.000Z',
    ])
  })

  test('a zone that only the calendar knows is read as the calendar defines it', () => {
    const zone =
      'BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n'
    const text = ics('UID:1\nDTSTART;TZID=Customized Time Zone:20260310T090000\nDTEND;TZID=Customized Time Zone:20260310T100000')
    expect(spans(read(text.replace('BEGIN:VEVENT', `${zone}BEGIN:VEVENT`)))[0]![0]).toBe('2026-03-10T04:00:00.000Z')
  })

  test('people are found by address and by name; whoever is nobody’s is said', () => {
    const people = [
      { id: 'i', name: 'Ines Okafor', email: 'ines@example.com' },
      { id: 't', name: 'Theo', email: 'theo@example.com' },
    ]
    const at = (day: number) => `DTSTART:202603${day}T090000Z\nDTEND:202603${day}T100000Z`
    const found = read(
      ics(
        `UID:1\n${at(10)}\nSUMMARY:Shift\nATTENDEE;CN=T:mailto:THEO@example.com`,
        `UID:2\n${at(11)}\nSUMMARY:On call: Ines Okafor`,
        `UID:3\n${at(12)}\nSUMMARY:Holiday`,
      ),
      { whose: { people } },
    )
    expect(found.events.map((e) => e.user)).toEqual(['t', 'i'])
    expect(found.skipped).toEqual([{ what: 'Holiday', why: 'It names nobody of this team by address or name.' }])
  })

  test('cancelled events and free time are left out', () => {
    const at = 'DTSTART:20260310T090000Z\nDTEND:20260310T100000Z'
    expect(read(ics(`UID:1\n${at}\nSTATUS:CANCELLED`)).events).toEqual([])
    expect(read(ics(`UID:1\n${at}\nTRANSP:TRANSPARENT`), { busyOnly: true }).events).toEqual([])
    expect(read(ics(`UID:1\n${at}\nTRANSP:TRANSPARENT`)).events).toHaveLength(1)
  })

  test('where two overlap the one that begins later has it', () => {
    const found = read(
      ics('UID:1\nDTSTART:20260310T080000Z\nDTEND:20260310T180000Z', 'UID:2\nDTSTART:20260310T100000Z\nDTEND:20260310T120000Z'),
    )
    expect(spans(found).map(([from, until]) => [from!.slice(11, 16), until!.slice(11, 16)])).toEqual([
      ['08:00', '10:00'],
      ['10:00', '12:00'],
      ['12:00', '18:00'],
    ])
  })

  test.each([
    ['repeats by the second', 'DTSTART:20260310T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY', 'It repeats more often than hourly.'],
    [
      'is counted by the hour since 1970',
      'DTSTART:19700101T000000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;COUNT=600000',
      'It repeats more than 20000 times before it is over.',
    ],
    [
      'never comes',
      'DTSTART:20260201T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
      'It cannot be read: it repeats too rarely or too often to be followed.',
    ],
    ['has no beginning', 'SUMMARY:x', 'It has no beginning.'],
  ])('an event that %s is left out and said', (_, event, why) => {
    expect(read(ics(`UID:1\n${event}`)).skipped.map((s) => s.why)).toEqual([why])
  })

  test('a calendar full of endless events costs a bounded time', () => {
    const endless = Array.from(
      { length: 200 },
      (_, i) => `UID:${i}\nDTSTART:19700101T000000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;COUNT=600000;BYMONTH=2;BYMONTHDAY=30`,
    )
    const began = performance.now()
    expect(read(ics(...endless)).skipped).toHaveLength(20)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  test.each(['', 'hello', '<html></html>', 'BEGIN:VCARD\r\nEND:VCARD', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT'])('%j is no calendar', (text) => {
    expect(() => read(text)).toThrow('This is not a calendar in the iCalendar format.')
  })
})

describe('writing', () => {
  const entry = {
    uid: 'a@b',
    from: t('2026-03-28T20:00:00Z'),
    until: t('2026-03-29T20:00:00Z'),
    summary: 'Ines, on call; "Payments"\n',
    description: '',
    url: 'https://example.com/on-call',
  }

  test('what is written is read back as the same instants, in every zone, by its own VTIMEZONE', () => {
    for (const zone of [...zones, 'UTC', 'Asia/Kolkata', 'Asia/Tokyo', 'America/Phoenix', 'Asia/Kathmandu']) {
      const text = calendarFeed(
        'Payments',
        zone,
        [entry, { ...entry, uid: 'b', from: t('2026-10-31T20:00:00Z'), until: t('2026-11-02T03:00:00Z') }],
        t('2026-03-01T00:00:00Z'),
      )
      const found = read(text, { to: t('2027-01-01T00:00:00Z') })
      expect([zone, ...spans(found).flat()]).toEqual([
        zone, '2026-03-28T20:00:00.000Z', '2026-03-29T20:00:00.000Z', 'ines', '2026-10-31T20:00:00.000Z', '2026-11-02T03:00:00.000Z', 'ines',
      ]) // biome-ignore format: rows
      // and by a reader that knows no zones but those in the file
      const component = new ICAL.Component(ICAL.parse(text))
      const start = new ICAL.Event(component.getFirstSubcomponent('vevent')!).startDate
      expect([zone, start.toUnixTime() * 1000]).toEqual([zone, entry.from])
      expect(component.getAllSubcomponents('vtimezone')).toHaveLength(zone === 'UTC' ? 0 : 1)
    }
  })

  test('lines are folded at 75 octets, texts escaped', () => {
    const text = calendarFeed('Ä'.repeat(100), 'UTC', [entry], 0)
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY:Ines\\, on call\\; "Payments"\\n')
    expect(text.replaceAll('\r\n ', '')).toContain(`NAME:${'Ä'.repeat(100)}`)
  })

  test('a zone whose clocks never change has one observance', () => {
    expect(calendarFeed('P', 'Asia/Tokyo', [entry], t('2026-03-01T00:00:00Z')).match(/BEGIN:(STANDARD|DAYLIGHT)/g)).toEqual([
      'BEGIN:STANDARD',
    ])
  })
})
