import { invalidArgument, literalItems, unexpectedExpression } from '../bad-argument.ts'
import { BadArgument, type Call, define, optional, required } from '../define.ts'
import { display } from '../display.ts'
import { parseJson } from '../json.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { applyRule, compileRule, type Rule } from '../lib/datadog-grok.ts'
import { textValue } from '../lib/parameters.ts'
import { Failure, fail, fieldNames, isObject, isString, type KindName, kindOf, type Text, text, type Value } from '../value.ts'

export const parse_groks = define({
  name: 'parse_groks',
  summary: "The fields of the first of several grok patterns, in Datadog's dialect, that matches all of the text.",
  parameters: [
    textValue,
    required('patterns', kind.anyArray),
    optional('aliases', kind.anyObject),
    optional('alias_sources', kind.anyArray),
  ],
  returns: kind.anyObject,
  fails: true,
  prepare: (call) => {
    const patterns = constantTexts(call, 'patterns')
    const aliases = { ...fromFiles(call), ...constantAliases(call) }
    const rules = compiled(patterns, aliases)
    const { run: value } = call.arg('value')!
    return (run) => {
      const v = value(run)
      if (!isString(v)) return wrongType('string', v)
      for (const rule of rules) {
        const found = applyRule(text(v), rule)
        if (found) return found
      }
      return fail('unable to parse grok: value does not match any rule')
    }
  },
  example: { source: 'parse_groks!("took 12ms", ["%{word} %{integer:ms}ms"])', result: { ms: 12 } },
})

function constantTexts(call: Call, name: string): string[] {
  const what = name === 'patterns' ? 'grok pattern' : 'alias source'
  return (literalItems(call, name) ?? []).map((x) => (isString(x) ? text(x) : noText(name, x, what)))
}

/** The reference shows what it was given as the tree it made of it. */
function noText(name: string, got: Value, what: string): never {
  const kinds: Partial<Record<KindName, string>> = { integer: 'Integer', float: 'Float', boolean: 'Boolean' }
  const kind = kinds[kindOf(got)]
  const shown = kind ? `"Literal(${kind}(${display(got)}))"` : display(got)
  throw new BadArgument(403, 'invalid argument', [`invalid argument "${name}"`, `received: ${shown}`, `error: ${what} should be a string`])
}

function constantAliases(call: Call): Record<string, string> {
  const v = call.arg('aliases') ? call.constant('aliases') : {}
  if (!isObject(v)) return unexpectedExpression('aliases', 'object', call.arg('aliases')!)
  return Object.fromEntries(fieldNames(v).map((k) => [k, isString(v[k]!) ? text(v[k] as Text) : noText('aliases', v[k]!, 'alias pattern')]))
}

function fromFiles(call: Call): Record<string, string> {
  const out: Record<string, string> = {}
  for (const name of constantTexts(call, 'alias_sources')) {
    const content = call.file(name)
    if (typeof content !== 'string') return invalidArgument('alias_sources', name, 'Unable to open alias source file')
    let parsed: Value
    try {
      parsed = parseJson(content)
    } catch {
      return invalidArgument('alias_sources', name, 'Unable to read alias source')
    }
    if (isObject(parsed)) for (const k of fieldNames(parsed)) out[k] = String(parsed[k])
  }
  return out
}

function compiled(patterns: readonly string[], aliases: Readonly<Record<string, string>>): Rule[] {
  try {
    return patterns.map((p) => compileRule(p, aliases))
  } catch (e) {
    if (e instanceof Failure) throw new BadArgument(112, e.message, [`grok pattern error: ${e.message}`])
    throw e
  }
}
