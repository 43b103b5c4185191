import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import type { Pressed } from '../../durable-objects/incidents-hearing.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { db } from '../../shared/db.ts'
import { hashToken } from '../../shared/ids.ts'
import { log, reason } from '../../shared/log.ts'
import { readStart } from '../../shared/notify/notice.ts'
import { verify } from '../../shared/notify/store.ts'
import { bot, readCallback, say } from '../../shared/notify/telegram.ts'
import { ring, secretFor } from '../../shared/seal.ts'
import { waysOut } from '../out.ts'
import { drainOutbox } from '../outbox.ts'
import { formOf } from './form.ts'

/** The two kinds of update that we ask for. core.telegram.org/bots/api#update */
type Update = {
  message?: { chat?: { id?: number }; text?: string }
  callback_query?: { id?: string; data?: string; message?: { chat?: { id?: number } } }
}

/**
 * `/hooks/telegram`: `/start <token>` verifies a chat, a button acknowledges. Only what bears the secret that we gave to setWebhook is
 * heard. Always 200: Telegram repeats an update until it is.
 */
export const telegramHooks = new Hono<{ Bindings: Env }>().post('/', async (c) => {
  const given = c.req.header('x-telegram-bot-api-secret-token') ?? ''
  if (!c.env.TELEGRAM_BOT_TOKEN || !(await same(given, await telegramSecret(c.env)))) return c.text('Not Telegram', 403)
  const text = await formOf(c.req.raw)
  try {
    await hear(c.env, (JSON.parse(text ?? '') ?? {}) as Update, (work) => c.executionCtx.waitUntil(work))
  } catch (e) {
    log('telegram-not-heard', { message: reason(e) })
  }
  return c.body(null, 200)
})

/** What setWebhook is given: docs/paging.md. */
export const telegramSecret = (env: Pick<Env, 'SECRET_KEYS'>): Promise<string> => secretFor(ring(env.SECRET_KEYS), 'telegram-webhook')

async function hear(env: Env, { message, callback_query: pressed }: Update, waitUntil: (work: Promise<unknown>) => void): Promise<void> {
  const out = waysOut(env)
  const chat = message?.chat?.id
  const token = /^\/start (\S{1,64})$/.exec(message?.text ?? '')?.[1]
  if (chat !== undefined && token) {
    const start = readStart(token)
    const done =
      start &&
      (await verify(db(env.DB), start.team, start.contact, await hashToken(`${start.contact}:${start.secret}`), Date.now(), String(chat)))
    if (done === 'verified') waitUntil(drainOutbox(env, Date.now(), start!.team))
    await say(
      out,
      String(chat),
      done === 'verified'
        ? 'This chat is verified. You are paged here from now on.'
        : done === 'taken'
          ? 'This chat is yours already.'
          : 'This link is over. Add Telegram again in Tocsin’s settings.',
    )
    return
  }
  const button = readCallback(pressed?.data ?? '')
  const from = pressed?.message?.chat?.id
  if (!button || from === undefined || !pressed?.id) return
  const result = await stubs.incidents(button.team).pressed(button.page, 'acknowledge', 'button', String(from))
  if (out.telegram) await bot(out, 'answerCallbackQuery', { callback_query_id: pressed.id, text: said[result] })
}

const said: Record<Pressed, string> = {
  acknowledged: 'You have it. The escalation has stopped.',
  'already-acknowledged': 'Somebody has it already.',
  'already-resolved': 'It is resolved already.',
  escalated: 'The next step is paged now.',
  'no-further-step': 'There is no further step.',
  unknown: 'This page is not known in this chat.',
}

/** In constant time: by digests of equal length. */
async function same(a: string, b: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const [one, two] = await Promise.all([digest(a), digest(b)])
  return crypto.subtle.timingSafeEqual(one, two)
}
