export type Said = { chat: string; text: string; buttons: { text: string; callback_data?: string; url?: string }[] }

/** Chats that behave; any other takes what it is told. */
export const chats = { fine: '100200300', gone: '1', busy: '2', hangs: '3', breaks: '4' }

/** Telegram's Bot API, with memory: sendMessage and answerCallbackQuery. */
export function fakeTelegram(token = '123456:telegram-secret-token') {
  const said: Said[] = []
  const answered: { id: string; text: string }[] = []
  const fail = (code: number, description: string) => Response.json({ ok: false, error_code: code, description }, { status: code })

  return {
    token,
    said,
    answered,
    async fetch(request: Request): Promise<Response> {
      const method = new URL(request.url).pathname.split(`/bot${token}/`)[1]
      if (!method) return fail(404, `Not Found: ${token}`)
      const body = (await request.json()) as Record<string, unknown>
      if (method === 'answerCallbackQuery') {
        answered.push({ id: String(body.callback_query_id), text: String(body.text) })
        return Response.json({ ok: true, result: true })
      }
      const chat = String(body.chat_id)
      if (chat === chats.gone) return fail(403, 'Forbidden: bot was blocked by the user')
      if (chat === chats.busy) return fail(429, 'Too Many Requests: retry after 3')
      if (chat === chats.hangs) throw new DOMException('The operation timed out', 'TimeoutError')
      const text = String(body.text)
      if (text.length > 4096) return fail(400, 'Bad Request: message is too long')
      const markup = body.reply_markup as { inline_keyboard?: Said['buttons'][] } | undefined
      const buttons = (markup?.inline_keyboard ?? []).flat()
      if (buttons.some((b) => b.callback_data && new TextEncoder().encode(b.callback_data).length > 64))
        return fail(400, 'BUTTON_DATA_INVALID')
      if (buttons.some((b) => b.url && !b.url.startsWith('https:'))) return fail(400, 'Bad Request: inline keyboard button URL is invalid')
      said.push({ chat, text, buttons })
      if (chat === chats.breaks && said.filter((s) => s.chat === chat).length === 1) throw new TypeError('Network connection lost.')
      return Response.json({ ok: true, result: { message_id: said.length } })
    },
  }
}
