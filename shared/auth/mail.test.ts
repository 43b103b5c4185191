import { expect, test } from 'vitest'
import { addressChangedMail, inviteMail, resetMail } from './mail.ts'

const at = Date.UTC(2026, 10, 23, 13, 32)
const sent = { id: 'm1', from: 'alerts@tocsin.example', at }

test('a reset mail says until when the link works, from where it was asked, and what to do when it was not you', () => {
  const link = { url: 'https://tocsin.example/sign-in?state=new-password&token=abc', until: at + 3_600_000 }
  const m = resetMail(
    sent,
    { email: 'ines@kestrel.example', zone: 'Europe/Paris' },
    { ip: '203.0.113.24', browser: 'Firefox on Linux' },
    link,
  )
  expect(m.text).toBe(`Choose a new password

Choose a password: https://tocsin.example/sign-in?state=new-password&token=abc

Asked for Mon 23 Nov 14:32 Europe/Paris (UTC+1) from 203.0.113.24, Firefox on Linux

The link works once, until Mon 23 Nov 15:32 Europe/Paris (UTC+1). Not you?
Nothing happens unless it is used. Tell an admin of your team.
`)
  expect(m).toMatchObject({
    to: 'ines@kestrel.example',
    subject: 'Choose a new password',
    links: [{ name: 'Choose a password', url: link.url }],
  })
  expect(m.html).toContain('sign-in?state=new-password&amp;token=abc')
})

const inviting = {
  email: 'noor@kestrel.example',
  role: 'responder' as const,
  team: { name: 'Kestrel Pay', people: 5 },
  by: { name: 'Ines Okafor', email: 'ines@kestrel.example', zone: 'Europe/Paris' },
  until: at + 7 * 86_400_000,
}

test('an invitation says who, into what, as what and until when', () => {
  const m = inviteMail(sent, inviting, 'https://tocsin.example/sign-in?invitation=x')
  expect(m.subject).toBe('Ines Okafor invites you to Kestrel Pay')
  expect(m.text).toContain('Role      Responder: you are paged, and you acknowledge and resolve\n')
  expect(m.text).toContain('Team      Kestrel Pay, 5 people\n')
  expect(m.text).toContain('Until     Mon 30 Nov 14:32 Europe/Paris (UTC+1)\n')
})

test('names that are HTML stay text, and no name makes a second header line', () => {
  const by = { name: '<img src=x onerror=alert(1)>', email: 'a@b.example', zone: 'UTC' }
  const m = inviteMail(sent, { ...inviting, by, team: { name: 'A\r\nBcc: all@x.example', people: 1 } }, 'https://t.example/?a="><script>')
  expect(m.html).not.toMatch(/<img|<script/)
  expect(m.subject).not.toMatch(/[\r\n]/)
})

test('whoever had the address before is told of the new one', () => {
  const m = addressChangedMail(sent, { email: 'old@kestrel.example', zone: 'UTC' }, 'new@kestrel.example')
  expect(m.to).toBe('old@kestrel.example')
  expect(m.text).toContain('Not you? Tell an admin of your team at once.')
})
