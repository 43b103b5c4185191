import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { fromBase64 } from '../lib/base64.ts'
import { decoderOf } from '../lib/charset.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text, toBytes } from '../value.ts'

const word = /=\?([^?]*)\?([^?])\?([^?]*(?:\?(?!=)[^?]*)*)\?=/g
/** Text may begin behind the character set. */
const headless = /^\?([bBqQ])\?([^?\s]*)/

export const decode_mime_q = define({
  name: 'decode_mime_q',
  summary: 'Text with its MIME encoded words (RFC 2047) resolved.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    return text(value)
      .replace(headless, (whole, encoding: string, content: string) => decoded(encoding, content, 'utf-8') ?? whole)
      .replace(
        word,
        (_whole, charset: string, encoding: string, content: string) =>
          decoded(encoding, content, charset || 'utf-8') ?? fail('Unable to decode base64 value'),
      )
  },
  example: { source: 'decode_mime_q!("=?utf-8?q?caf=C3=A9?=")', result: 'café' },
})

const quotedPrintable = (s: string): Uint8Array =>
  Uint8Array.from(
    [...s.replaceAll('_', ' ').matchAll(/=([0-9A-Fa-f]{2})|([\s\S])/gu)].flatMap((m) =>
      m[1] ? [Number.parseInt(m[1], 16)] : [...toBytes(m[2]!)],
    ),
  )

/** `undefined` for base64 that is none. */
function decoded(encoding: string, content: string, charset: string): string | undefined {
  if (!/[bq]/i.test(encoding)) return fail(`Invalid encoding: "${encoding}"`)
  const b = /b/i.test(encoding) ? (content.length % 4 === 0 ? fromBase64(content) : undefined) : quotedPrintable(content)
  return b && (decoderOf(charset) ?? fail(`Unable to decode "${charset}" value`)).decode(b)
}
