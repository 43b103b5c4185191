import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile, type Diagnostic, encodeJson, parseJson } from './index.ts'
import { noon } from './testing.ts'

const folder = 'test/cases/vrl'

describe.each(readdirSync(folder).filter((name) => name.endsWith('.vrl')))('%s', (name) => {
  const programs = readFileSync(`${folder}/${name}`, 'utf8').split('\n===\n')
  test.each(programs.map((text) => [title(text), text]))('%s', (_, text) => check(text))
})

const headLine = /^# (event|meta|gives|leaves|marks|fails|aborts|refused|warns|readonly) (.*)$/

const title = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !headLine.test(line))
    .join(' ')
    .trim()

function check(text: string): void {
  const head = Object.fromEntries(text.split('\n').flatMap((line) => (headLine.exec(line) ? [headLine.exec(line)!.slice(1)] : [])))
  const source = text
    .split('\n')
    .filter((line) => !headLine.test(line))
    .join('\n')
  const protectedPath = head.readonly?.split('.').filter((step: string) => step !== '')
  const compiled = compile(source, { readOnly: protectedPath ? [{ prefix: '.', path: protectedPath, recursive: true }] : [] })
  if ('diagnostics' in compiled) {
    expectDiagnostic(compiled.diagnostics, head.refused ?? 'nothing')
    return
  }
  expect(head.refused, 'compiles').toBeUndefined()
  if (head.warns !== undefined) expectDiagnostic(compiled.program.warnings, head.warns)
  const event = parseJson(head.event ?? '{}')
  const outcome = compiled.program.run(event, { at: noon, metadata: parseJson(head.meta ?? '{}') })
  expect(encodeJson(event), 'the event that came in is not touched').toBe(encodeJson(parseJson(head.event ?? '{}')))
  if (head.fails !== undefined) expect('error' in outcome ? outcome.error : outcome).toContain(head.fails)
  if (head.aborts !== undefined) expect(outcome).toMatchObject({ aborted: JSON.parse(head.aborts) })
  if (head.fails !== undefined || head.aborts !== undefined) return
  if (!('ok' in outcome)) throw new Error(JSON.stringify(outcome))
  if (head.gives !== undefined) expect(encodeJson(outcome.ok)).toBe(head.gives)
  if (head.leaves !== undefined) expect(encodeJson(outcome.event)).toBe(head.leaves)
  if (head.marks !== undefined) expect(encodeJson(outcome.metadata)).toBe(head.marks)
}

function expectDiagnostic(found: readonly Diagnostic[], wanted: string): void {
  const [, code, text] = /^(\d+) (.*)$/.exec(wanted) ?? [undefined, '', wanted]
  const texts = found.map((d) => `${d.code} ${[d.message, ...d.labels.map((l) => l.message)].join('; ')}`)
  expect(
    texts.some((t) => t.startsWith(`${code} `) && t.includes(text!)),
    texts.join('\n'),
  ).toBe(true)
}
