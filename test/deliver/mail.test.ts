import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Env } from '../../durable-objects/env.ts'
import type { Mail } from '../../shared/notify/mail.ts'
import { sendMail } from '../../workers/mail.ts'

const mail: Mail = {
  id: 'page-1',
  at: '2026-11-23T13:14:01.000Z',
  from: 'alerts@tocsin.example',
  to: 'ines@kestrel.example',
  subject: 'SEV2 API: down',
  text: 'text',
  html: '<p>text</p>',
  links: [],
  incident_id: 'i',
}
/** Cloudflare's binding, answering as told; there is no mailbox. */
const cloudflare = (send: (m: unknown) => Promise<{ messageId: string }>) => ({ EMAIL: { send } }) as unknown as Env
const refuses = (code: string) => cloudflare(() => Promise.reject(Object.assign(new Error('no'), { code })))

afterEach(() => vi.useRealTimers())

describe('on Cloudflare', () => {
  test('the mail leaves with our id beside the platform’s own Message-ID, and its receipt names the platform’s', async () => {
    const sent: unknown[] = []
    const env = cloudflare(async (m) => {
      sent.push(m)
      return { messageId: 'cf-1' }
    })
    expect(await sendMail(env, mail)).toMatchObject({ outcome: 'accepted', providerId: 'cf-1', fault: null })
    const { from, to, subject, text, html } = mail
    expect(sent).toEqual([{ from, to, subject, text, html, headers: { 'X-Tocsin-Message-ID': 'page-1' } }])
  })

  test.each([
    ['E_RECIPIENT_SUPPRESSED', 'theirs'],
    ['E_DELIVERY_FAILED', 'theirs'],
    ['E_RECIPIENT_NOT_ALLOWED', 'ours'],
    ['E_DAILY_LIMIT_EXCEEDED', 'ours'],
    ['E_SENDER_NOT_VERIFIED', 'ours'],
  ])('%s is failed, and the fault is %s', async (code, fault) => {
    expect(await sendMail(refuses(code), mail)).toMatchObject({ outcome: 'failed', detail: code, fault })
  })

  test('silence is unknown after 10 s: it may have been taken', async () => {
    vi.useFakeTimers()
    const receipt = sendMail(
      cloudflare(() => new Promise(() => {})),
      mail,
    )
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await receipt).toMatchObject({ outcome: 'unknown', detail: 'no answer within 10 s', fault: 'ours' })
  })
})
