import { invalidArgument, literal } from '../bad-argument.ts'
import type { Call } from '../define.ts'
import { isString, text } from '../value.ts'
import { type ProtoSchema, readDescriptorSet } from './protobuf.ts'

/** The schema and message type a call names; both must be known before any event. */
export function protoOf(call: Call): { schema: ProtoSchema; type: string } {
  const [file, type] = [literal(call, 'desc_file')!, literal(call, 'message_type')!]
  const content = isString(file) ? call.file(text(file)) : undefined
  if (content === undefined || typeof content === 'string') {
    return invalidArgument(
      'desc_file',
      file,
      `Failed to open protobuf desc file '${isString(file) ? text(file) : ''}': No such file or directory (os error 2)`,
    )
  }
  const schema = readDescriptorSet(content)
  const name = `.${isString(type) ? text(type) : ''}`
  if (!schema.messages.has(name)) return invalidArgument('message_type', type, `The message type '${name.slice(1)}' could not be found`)
  return { schema, type: name }
}
