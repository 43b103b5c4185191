import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { fromBase64 } from '../lib/base64.ts'
import { decoderOf } from '../lib/charset.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text, toBytes } from '../value.ts'

const word = /(?:=\?([^?\s*]+)(?:\*[^?\s]*)?)?\?([bBqQ])\?([^?\s]*)(?:\?=)?/g

export const decode_mime_q = define({
  name: 'decode_mime_q',
  summary: 'Text with its MIME encoded words (RFC 2047) resolved.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    const s = text(value)
    // white space between two encoded words only separates them
    return s.replace(/(\?=)\s+(?==\?)/g, '$1').replace(word, (_whole, charset: string | undefined, encoding: string, content: string) => {
      const b = /[bB]/.test(encoding) ? fromBase64(content) : quotedPrintable(content)
      if (!b) return fail('unable to decode value from mime_q: invalid content')
      return (decoderOf(charset ?? 'utf-8') ?? fail(`Unable to decode value: unsupported charset ${charset}`)).decode(b)
    })
  },
  example: { source: 'decode_mime_q!("=?utf-8?q?caf=C3=A9?=")', result: 'café' },
})

const quotedPrintable = (s: string): Uint8Array =>
  Uint8Array.from(
    [...s.replaceAll('_', ' ').matchAll(/=([0-9A-Fa-f]{2})|([\s\S])/gu)].flatMap((m) =>
      m[1] ? [Number.parseInt(m[1], 16)] : [...toBytes(m[2]!)],
    ),
  )
