import { expect, test } from 'vitest'
import { compile, render } from './index.ts'

const printed = (source: string): string => {
  const compiled = compile(source)
  return render(source, 'diagnostics' in compiled ? compiled.diagnostics : compiled.program.warnings)
}

test('places are counted in bytes and lines, labels in the order they stand', () => {
  expect(printed('é = "x"\n')).toMatch(/^error\[E\d+]/)
  expect(printed('x = 1\n.y = upcas("é")')).toBe(
    `error[E105]: call to undefined function
  ┌─ :2:6
  │
2 │ .y = upcas("é")
  │      ^^^^^
  │      │
  │      undefined function
  │      did you mean "upcase"?
  │
  = learn more about error code 105 at https://errors.vrl.dev/105
  = see language documentation at https://vrl.dev
  = try your code in the VRL REPL, learn more at https://vrl.dev/examples
`,
  )
})

test('a warning says what does nothing', () => {
  expect(printed('"a"\n.b = 1')).toContain('warning[E900]: unused literal')
})

test('nothing to say is no text', () => {
  expect(printed('.a = 1')).toBe('')
})

test('a label over several lines that begins a line has its corner beside the source; marks take the cells their letters take', () => {
  expect(printed('upcase(\n  "日本", 2)')).toContain('2 │   "日本", 2)')
  expect(printed('"a\nb\n" + 1')).toContain(`1 │ ╭ ╭ "a
2 │ │ │ b
3 │ │ │ " + 1
  │ ╰─│─────^ expression can result in runtime error
  │   ╰─────' handle the error case to ensure runtime success`)
  expect(printed('"日本" + 1')).toContain('1 │ "日本" + 1\n  │ ^^^^^^^^^^\n')
})

test('a syntax error lists what could have stood there', () => {
  const operators = '"+", "*", "-", "/", "<", "<=", ">", ">=", "==", "!=", "|", "&&", "||", "??"'
  expect(printed('.a = 1 1')).toContain(`expected one of: ";", "\\n", "|", ${operators}\n`)
  expect(printed('.a = 1 )')).toContain('expected one of: ";", "\\n"\n')
  expect(printed('[1')).toContain('expected one of: "\\n", ",", "]"\n')
  expect(printed('.a.')).toContain('unexpected end of query path')
})
