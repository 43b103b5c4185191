import { readFileSync } from 'node:fs'
import { readCalendar } from '../../shared/oncall/calendar-in.ts'
import type { Outcome } from '../conformance.ts'

type Vector = { name: string; rule: string; start: string; instances: string[]; from: string | null }

/** libical's recurrence vectors, each through the import of calendars as the only event of one. Times without a zone are read as UTC. */
export async function runRrule(dir: string): Promise<Outcome> {
  const out: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] }
  for (const v of vectors(readFileSync(`${dir}/icalrecur_test.txt`, 'utf8'))) {
    const why = outside(v)
    if (why) {
      out.skipped++
      out.failures.push({ rule: v.rule, why: `skipped: ${why}` })
      continue
    }
    const found = expanded(v)
    // START-AT asks for those from then on; INSTANCES lists all
    const wanted = v.instances.filter((i) => v.from === null || at(i) >= at(v.from))
    if (found === wanted.join(',')) out.passed++
    else {
      out.failed++
      out.failures.push({ rule: v.rule, start: v.start, wanted: wanted.slice(0, 5).join(','), found: found.slice(0, 90) })
    }
  }
  return out
}

/** What our import leaves out on purpose, and says so to the customer. */
function outside({ rule, instances }: Vector): string | null {
  if (/FREQ=(SECONDLY|MINUTELY)/.test(rule)) return 'repeats more often than hourly'
  if (instances.some((i) => i.includes('***'))) return 'a rule that is an error'
  return null
}

function expanded(v: Vector): string {
  const isDate = !v.start.includes('T')
  const event = [
    'BEGIN:VEVENT', 'UID:1', `DTSTART${isDate ? ';VALUE=DATE' : ''}:${v.start}`, isDate ? 'DURATION:P1D' : 'DURATION:PT1S', v.rule, 'END:VEVENT',
  ] // biome-ignore format: lines
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...event, 'END:VCALENDAR'].join('\r\n')
  const last = v.instances.at(-1)
  const range = { from: v.from ? at(v.from) : at(v.start), to: last ? at(last) + 1 : Date.UTC(2100, 0, 1) }
  try {
    const { events, skipped } = readCalendar(text, { ...range, zone: 'UTC', whose: { user: 'u' }, busyOnly: false })
    if (skipped.length) return skipped.map((s) => s.why).join(' ')
    return events.map((e) => stamp(e.from, v.start)).join(',')
  } catch (e) {
    return e instanceof Error ? e.message : String(e)
  }
}

const at = (text: string) =>
  Date.parse(
    `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.includes('T') ? `${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}` : '00:00:00'}Z`,
  )

/** In the fashion of the start: a date, a floating time or one in UTC. */
function stamp(at: number, like: string): string {
  const text = new Date(at).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')
  return like.includes('T') ? `${text}${like.endsWith('Z') ? 'Z' : ''}` : text.slice(0, 8)
}

function vectors(text: string): Vector[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const line = (key: string) => new RegExp(`^${key}:(.*)$`, 'm').exec(block)?.[1]?.trim()
    const rule = line('RRULE')
    if (!rule) return []
    const name = /^#\s*(.*)$/m.exec(block)?.[1] ?? ''
    const instances = line('INSTANCES') ?? ''
    return [
      {
        name,
        rule: `RRULE:${rule}`,
        start: line('DTSTART') ?? '',
        instances: instances ? instances.split(',') : [],
        from: line('START-AT') ?? null,
      },
    ]
  })
}
