import { bytes, type Fields, fail, field, float, integer, put, text, type Value } from '../value.ts'

/** The messages of a descriptor set (the output of `protoc -o`), as far as reading and writing values needs them. */
export interface ProtoField {
  readonly name: string
  readonly number: number
  readonly repeated: boolean
  /** FieldDescriptorProto.Type. */
  readonly type: number
  readonly typeName: string
}

export interface ProtoSchema {
  readonly messages: ReadonlyMap<string, { readonly fields: readonly ProtoField[]; readonly isMapEntry: boolean }>
  readonly enums: ReadonlyMap<string, ReadonlyMap<string, number>>
}

interface Raw {
  readonly field: number
  readonly wire: number
  readonly n: bigint
  readonly bytes: Uint8Array
}

const corrupt = (): never => fail('Error parsing protobuf: invalid payload')

function* records(b: Uint8Array): Generator<Raw> {
  let at = 0
  const varint = (): bigint => {
    let n = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const x = b[at++] ?? corrupt()
      n |= BigInt(x & 127) << shift
      if (x < 128) return BigInt.asUintN(64, n)
    }
    return corrupt()
  }
  const take = (n: number): Uint8Array => {
    if (at + n > b.length) corrupt()
    at += n
    return b.subarray(at - n, at)
  }
  const none = new Uint8Array()
  while (at < b.length) {
    const key = varint()
    const [field, wire] = [Number(key >> 3n), Number(key & 7n)]
    if (wire === 0) yield { field, wire, n: varint(), bytes: none }
    else if (wire === 1) yield { field, wire, n: 0n, bytes: take(8) }
    else if (wire === 2) yield { field, wire, n: 0n, bytes: take(Number(varint())) }
    else if (wire === 5) yield { field, wire, n: 0n, bytes: take(4) }
    else corrupt()
  }
}

const name = (r: readonly Raw[], field: number): string => text(bytes(r.find((x) => x.field === field)?.bytes ?? new Uint8Array()))
const all = (r: readonly Raw[], field: number): Raw[][] => r.filter((x) => x.field === field).map((x) => [...records(x.bytes)])
const number = (r: readonly Raw[], field: number): number => Number(r.find((x) => x.field === field)?.n ?? 0n)

export function readDescriptorSet(b: Uint8Array): ProtoSchema {
  const messages = new Map<string, { fields: ProtoField[]; isMapEntry: boolean }>()
  const enums = new Map<string, ReadonlyMap<string, number>>()
  const addEnum = (r: readonly Raw[], scope: string): void => {
    enums.set(`${scope}.${name(r, 1)}`, new Map(all(r, 2).map((v) => [name(v, 1), number(v, 2)])))
  }
  const addMessage = (r: readonly Raw[], scope: string): void => {
    const full = `${scope}.${name(r, 1)}`
    const options = all(r, 7)[0] ?? []
    const fields = all(r, 2).map((f) => ({
      name: name(f, 1),
      number: number(f, 3),
      repeated: number(f, 4) === 3,
      type: number(f, 5),
      typeName: name(f, 6),
    }))
    messages.set(full, { fields, isMapEntry: number(options, 7) === 1 })
    for (const m of all(r, 3)) addMessage(m, full)
    for (const e of all(r, 4)) addEnum(e, full)
  }
  for (const file of all([...records(b)], 1)) {
    const scope = name(file, 2) === '' ? '' : `.${name(file, 2)}`
    for (const m of all(file, 4)) addMessage(m, scope)
    for (const e of all(file, 5)) addEnum(e, scope)
  }
  return { messages, enums }
}

/** Types of FieldDescriptorProto that have a fixed width or are varints. */
export const t = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  message: 11,
  bytes: 12,
  uint32: 13,
  enum: 14,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
} as const
export const wires: Record<number, number> = { 1: 1, 2: 5, 6: 1, 7: 5, 9: 2, 11: 2, 12: 2, 15: 5, 16: 1 }

export function decodeMessage(b: Uint8Array, type: string, schema: ProtoSchema, depth = 0): Fields {
  const message = schema.messages.get(type) ?? fail(`Error parsing protobuf: message type '${type.slice(1)}' not found`)
  if (depth > 64) return corrupt()
  const out: Fields = {}
  for (const r of records(b)) {
    const f = message.fields.find((x) => x.number === r.field)
    if (!f) continue
    const entry = f.type === t.message ? schema.messages.get(f.typeName) : undefined
    if (entry?.isMapEntry) {
      const pair = decodeMessage(r.bytes, f.typeName, schema, depth + 1)
      const map = { ...((field(out, f.name) as Fields | undefined) ?? {}) }
      put(map, String(pair.key ?? ''), pair.value ?? null)
      put(out, f.name, map)
      continue
    }
    const values = r.wire === 2 && wires[f.type] !== 2 ? packed(r.bytes, f, schema) : [decodeValue(r, f, schema, depth)]
    if (f.repeated) put(out, f.name, [...((field(out, f.name) as Value[] | undefined) ?? []), ...values])
    else put(out, f.name, values[values.length - 1] ?? null)
  }
  return out
}

function packed(b: Uint8Array, f: ProtoField, schema: ProtoSchema): Value[] {
  const wire = wires[f.type] ?? 0
  const width = wire === 1 ? 8 : 4
  if (wire !== 0)
    return Array.from({ length: Math.floor(b.length / width) }, (_, i) =>
      decodeValue({ field: 0, wire, n: 0n, bytes: b.subarray(i * width, (i + 1) * width) }, f, schema, 0),
    )
  const out: Value[] = []
  let n = 0n
  let shift = 0n
  for (const x of b) {
    n |= BigInt(x & 127) << shift
    shift += 7n
    if (x >= 128) continue
    out.push(decodeValue({ field: 0, wire: 0, n: BigInt.asUintN(64, n), bytes: b }, f, schema, 0))
    n = 0n
    shift = 0n
  }
  return out
}

function decodeValue(r: Raw, f: ProtoField, schema: ProtoSchema, depth: number): Value {
  const v = new DataView(r.bytes.buffer, r.bytes.byteOffset, r.bytes.length)
  switch (f.type) {
    case t.double:
      return float(v.getFloat64(0, true))
    case t.float:
      return float(v.getFloat32(0, true))
    case t.bool:
      return r.n !== 0n
    case t.string:
    case t.bytes:
      return bytes(r.bytes.slice())
    case t.message:
      return decodeMessage(r.bytes, f.typeName, schema, depth + 1)
    case t.enum: {
      const names = schema.enums.get(f.typeName)
      const found = [...(names ?? [])].find(([, n]) => n === Number(BigInt.asIntN(32, r.n)))
      return found ? found[0] : fail(`Enum value ${r.n} is not in ${f.typeName.slice(1)}`)
    }
    case t.fixed32:
      return v.getUint32(0, true)
    case t.sfixed32:
      return v.getInt32(0, true)
    case t.fixed64:
    case t.sfixed64:
      return integer(v.getBigInt64(0, true))
    case t.sint32:
    case t.sint64:
      return integer((r.n >> 1n) ^ -(r.n & 1n))
    case t.int32:
      return integer(BigInt.asIntN(32, r.n))
    default:
      return integer(BigInt.asIntN(64, r.n))
  }
}
