import { cut, type Kind, Reader, wireOf } from './protobuf-reader.ts'
import { Refused } from './refused.ts'

export type Field = { name: string; kind: Kind | (() => Message); repeated?: true }
/** Fields by number. */
export type Message = Record<number, Field>

const NESTED_MAX = 100

/** One message inside a body: read whole by `value`, or part by part by `each`, so that a large body never stands in memory as objects. */
export class Part {
  private readonly bytes: Uint8Array
  private readonly from: number
  private readonly to: number
  private readonly message: Message

  constructor(bytes: Uint8Array, message: Message, from = 0, to = bytes.length) {
    this.bytes = bytes
    this.message = message
    this.from = from
    this.to = to
  }

  get size(): number {
    return this.to - this.from
  }

  /** Every message in the field `name`, in order. */
  *each(name: string): Generator<Part> {
    const reader = new Reader(this.bytes, this.from)
    while (reader.at < this.to) {
      const tag = reader.uint()
      const field = this.message[Math.floor(tag / 8)]
      if (tag % 8 !== 2) reader.skip(tag % 8, this.to)
      else {
        const [from, to] = reader.range(this.to)
        if (field?.name === name && typeof field.kind === 'function') yield new Part(this.bytes, field.kind(), from, to)
      }
    }
  }

  /** The message in the field `name`; undefined when it is not there. */
  one(name: string): Part | undefined {
    let last: Part | undefined
    for (const part of this.each(name)) last = part
    return last
  }

  /** Its own values, without the messages inside of it. */
  // biome-ignore lint/suspicious/noExplicitAny: the message table says what is inside, not the type system
  head(): any {
    return read(new Reader(this.bytes, this.from), this.to, scalarsOf(this.message), 0)
  }

  // biome-ignore lint/suspicious/noExplicitAny: the message table says what is inside, not the type system
  value(): any {
    return read(new Reader(this.bytes, this.from), this.to, this.message, 0)
  }
}

const scalars = new WeakMap<Message, Message>()
function scalarsOf(message: Message): Message {
  let found = scalars.get(message)
  if (!found) {
    found = Object.fromEntries(Object.entries(message).filter(([, field]) => typeof field.kind !== 'function'))
    scalars.set(message, found)
  }
  return found
}

function read(reader: Reader, to: number, message: Message, depth: number): Record<string, unknown> {
  if (depth > NESTED_MAX) throw new Refused('unreadable', `The message nests deeper than ${NESTED_MAX}.`)
  const out: Record<string, unknown> = {}
  while (reader.at < to) {
    const tag = reader.uint()
    const wire = tag & 7
    const field = message[tag >>> 3]
    if (!field) reader.skip(wire, to)
    else if (field.repeated) {
      let list = out[field.name] as unknown[] | undefined
      if (!list) {
        list = []
        out[field.name] = list
      }
      if (wire === 2 && isPackable(field.kind)) {
        const [from, end] = reader.range(to)
        reader.at = from
        while (reader.at < end) list.push(reader.scalar(field.kind as Kind))
        if (reader.at !== end) throw cut()
      } else list.push(one(reader, wire, to, field.kind, depth))
    } else out[field.name] = one(reader, wire, to, field.kind, depth)
  }
  if (reader.at !== to) throw cut()
  return out
}

function one(reader: Reader, wire: number, to: number, kind: Field['kind'], depth: number): unknown {
  if (typeof kind !== 'function' && wire !== wireOf[kind]) throw cut()
  if (typeof kind !== 'function' && wire !== 2) return reader.scalar(kind)
  if (wire !== 2) throw cut()
  const [from, end] = reader.range(to)
  if (typeof kind === 'function') {
    reader.at = from
    return read(reader, end, kind(), depth + 1)
  }
  return reader.text(kind, from, end)
}

const isPackable = (kind: Field['kind']) => typeof kind !== 'function' && wireOf[kind] !== 2
