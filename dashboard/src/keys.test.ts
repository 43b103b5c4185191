import { expect, test } from 'vitest'
import { match, nameOf, printed, worksWhileTyping } from './keys.ts'

const press = (key: string, mods: Partial<{ metaKey: boolean; ctrlKey: boolean; altKey: boolean; shiftKey: boolean }> = {}) =>
  nameOf({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...mods })

test('presses have one name on every keyboard', () => {
  expect(press('j')).toBe('j')
  expect(press('X', { shiftKey: true })).toBe('shift+x')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('k', { metaKey: true })).toBe('mod+k')
  expect(press('k', { ctrlKey: true })).toBe('mod+k')
  expect(press('ArrowDown')).toBe('down')
  expect(press('Enter', { metaKey: true })).toBe('mod+enter')
})

test('combinations of the system are left alone', () => {
  expect(press('Shift', { shiftKey: true })).toBeNull()
  expect(press('@', { altKey: true })).toBeNull()
})

test('a page covers the shell; a sequence wins over its second key alone', () => {
  const list = [
    { keys: 'g m', n: 1 },
    { keys: 'm', n: 2 },
    { keys: 'e', n: 3 },
    { keys: 'e', n: 4 },
  ]
  expect(match(list, null, 'g')).toEqual({ pending: true })
  expect(match(list, 'g', 'm').found?.n).toBe(1)
  expect(match(list, null, 'm').found?.n).toBe(2)
  expect(match(list, 'g', 'e').found?.n).toBe(4)
})

test('letters rest while someone types, ⌘ and Esc do not', () => {
  expect(['j', '?', 'shift+x', 'mod+enter', 'escape'].map(worksWhileTyping)).toEqual([false, false, false, true, true])
})

test('keys are printed as the keyboard shows them', () => {
  expect([printed('mod+k', true), printed('mod+k', false), printed('g m', true), printed('mod+enter', true)]).toEqual([
    '⌘K',
    'Ctrl K',
    'G M',
    '⌘↵',
  ])
})
