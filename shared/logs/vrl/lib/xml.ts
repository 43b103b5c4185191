import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Fields, fail, field, float, integer, put, type Value } from '../value.ts'
import { readFloat } from './coerce.ts'

export interface XmlOptions {
  readonly trim: boolean
  readonly includeAttr: boolean
  readonly attrPrefix: string
  readonly textKey: string
  readonly alwaysUseTextKey: boolean
  readonly parseBool: boolean
  readonly parseNull: boolean
  readonly parseNumber: boolean
}

/** A node as the parser gives it: one key for the tag, attributes under `:@`. */
type XmlNode = Record<string, unknown>

export function parseXml(s: string, o: XmlOptions): Value {
  if (s.trim() === '') return fail('unable to parse xml: the document does not have a root node')
  const valid = XMLValidator.validate(s)
  if (valid !== true) return fail(`unable to parse xml: ${worded(valid.err.msg)}`)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    processEntities: true,
    removeNSPrefix: true,
  })
  const root = (parser.parse(s) as XmlNode[]).find((n) => tagOf(n) !== '#text')
  if (!root) return fail('unable to parse xml: the document does not have a root node')
  const out: Fields = {}
  put(out, tagOf(root), element(root, o))
  return out
}

/** In the words of the reference's reader, where there is one for it. */
const worded = (why: string): string =>
  /^Unclosed tag/.test(why)
    ? 'the root node was opened but never closed'
    : /^(?:Start tag expected|char )/.test(why)
      ? 'unknown token at 1:1'
      : why

const tagOf = (n: XmlNode): string => Object.keys(n).find((k) => k !== ':@') ?? '#text'

/** Pieces of text that stand side by side, one of them CDATA, are one text. */
function joined(nodes: readonly XmlNode[]): XmlNode[] {
  const out: XmlNode[] = []
  for (const n of nodes) {
    const last = out.at(-1)
    if (last && tagOf(n) === '#text' && tagOf(last) === '#text') out[out.length - 1] = { '#text': `${last['#text']}${n['#text']}` }
    else out.push(n)
  }
  return out
}

function element(n: XmlNode, o: XmlOptions): Value {
  const attributes = o.includeAttr ? Object.entries((n[':@'] ?? {}) as Record<string, string>) : []
  const all = joined(n[tagOf(n)] as XmlNode[])
  const children =
    o.trim && all.some((c) => tagOf(c) !== '#text') ? all.filter((c) => tagOf(c) !== '#text' || String(c['#text']).trim() !== '') : all
  const only = children.length === 1 ? children[0]! : undefined
  if (attributes.length === 0 && !o.alwaysUseTextKey && only && tagOf(only) === '#text') return scalar(String(only['#text']), o)
  const out: Fields = {}
  for (const [k, v] of attributes) put(out, o.attrPrefix + k, v)
  for (const c of children) {
    const tag = tagOf(c)
    const [key, v] = tag === '#text' ? [o.textKey, scalar(String(c['#text']), o)] : [tag, element(c, o)]
    const before = field(out, key)
    if (before === undefined) put(out, key, v)
    else put(out, key, Array.isArray(before) ? [...before, v] : [before, v])
  }
  return out
}

function scalar(s: string, o: XmlOptions): Value {
  const t = o.trim ? s.trim() : s
  if (o.parseNull && (t === '' || t === 'null')) return null
  if (o.parseBool && (t === 'true' || t === 'false')) return t === 'true'
  if (o.parseNumber && /^[+-]?\d+$/.test(t)) {
    const big = BigInt(t.replace('+', ''))
    if (big <= 9223372036854775807n && big >= -9223372036854775808n) return integer(big)
  }
  const n = o.parseNumber ? readFloat(t) : undefined
  return n === undefined ? t : float(n)
}
