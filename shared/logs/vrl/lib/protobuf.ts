import { scalarText } from '../display.ts'
import {
  Boxed,
  bytes,
  type Fields,
  fail,
  field,
  fieldNames,
  float,
  integer,
  isFloat,
  isInteger,
  isObject,
  isString,
  kindOf,
  put,
  text,
  toBig,
  toBytes,
  toNumber,
  type Value,
} from '../value.ts'

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
const t = {
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
const wires: Record<number, number> = { 1: 1, 2: 5, 6: 1, 7: 5, 9: 2, 11: 2, 12: 2, 15: 5, 16: 1 }

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

export function encodeMessage(o: Fields, type: string, schema: ProtoSchema, lossy: boolean): Uint8Array {
  const message = schema.messages.get(type) ?? fail(`Error encoding protobuf: message type '${type.slice(1)}' not found`)
  const out: number[] = []
  for (const f of message.fields.toSorted((a, b) => a.number - b.number)) {
    const v = field(o, f.name)
    if (v === undefined || v === null) continue
    const entry = f.type === t.message ? schema.messages.get(f.typeName) : undefined
    if (entry?.isMapEntry && isObject(v)) {
      for (const k of fieldNames(v)) out.push(...encodeField(f, { key: k, value: v[k]! }, schema, lossy))
    } else if (f.repeated) {
      if (!Array.isArray(v)) return fail(`Error converting ${f.name} field: Requires an array`)
      out.push(
        ...(wires[f.type] === 2 || v.length === 0 ? v.flatMap((x) => encodeField(f, x, schema, lossy)) : packedField(f, v, schema, lossy)),
      )
    } else out.push(...encodeField(f, v, schema, lossy))
  }
  return Uint8Array.from(out)
}

function varint(n: bigint): number[] {
  const out: number[] = []
  let rest = BigInt.asUintN(64, n)
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  out.push(Number(rest))
  return out
}

const tagOf = (f: ProtoField, wire: number): number[] => varint(BigInt(f.number * 8 + wire))

function packedField(f: ProtoField, values: readonly Value[], schema: ProtoSchema, lossy: boolean): number[] {
  const body = values.flatMap((v) => encodeValue(f, v, schema, lossy))
  return [...tagOf(f, 2), ...varint(BigInt(body.length)), ...body]
}

function encodeField(f: ProtoField, v: Value, schema: ProtoSchema, lossy: boolean): number[] {
  const wire = wires[f.type] ?? 0
  const body = encodeValue(f, v, schema, lossy)
  return wire === 2 ? [...tagOf(f, 2), ...varint(BigInt(body.length)), ...body] : [...tagOf(f, wire), ...body]
}

function encodeValue(f: ProtoField, v: Value, schema: ProtoSchema, lossy: boolean): number[] {
  const wrong = (): never => fail(`Error converting ${f.name} field: Cannot encode \`${kindOf(v)}\` into protobuf`)
  const fixedBytes = (width: number, set: (d: DataView) => void): number[] => {
    const d = new DataView(new ArrayBuffer(width))
    set(d)
    return [...new Uint8Array(d.buffer)]
  }
  const whole = (): bigint => (isInteger(v) ? toBig(v) : isString(v) && /^-?\d+$/.test(text(v)) ? BigInt(text(v)) : wrong())
  const real = (): number => (isFloat(v) || isInteger(v) ? toNumber(v) : wrong())
  switch (f.type) {
    case t.double:
      return fixedBytes(8, (d) => d.setFloat64(0, real(), true))
    case t.float:
      return fixedBytes(4, (d) => d.setFloat32(0, real(), true))
    case t.bool:
      return typeof v === 'boolean' ? [v ? 1 : 0] : wrong()
    case t.string:
      return isString(v) ? [...toBytes(v)] : lossy && (typeof v !== 'object' || v instanceof Boxed) ? [...toBytes(scalarText(v))] : wrong()
    case t.bytes:
      return isString(v) ? [...toBytes(v)] : wrong()
    case t.message:
      return isObject(v) ? [...encodeMessage(v, f.typeName, schema, lossy)] : wrong()
    case t.enum: {
      if (isInteger(v)) return varint(toBig(v))
      const found = isString(v) ? schema.enums.get(f.typeName)?.get(text(v)) : undefined
      return found === undefined
        ? fail(`Enum \`${f.typeName.slice(1)}\` has no value '${isString(v) ? text(v) : ''}'`)
        : varint(BigInt(found))
    }
    case t.fixed32:
    case t.sfixed32:
      return fixedBytes(4, (d) => d.setUint32(0, Number(BigInt.asUintN(32, whole())), true))
    case t.fixed64:
    case t.sfixed64:
      return fixedBytes(8, (d) => d.setBigUint64(0, BigInt.asUintN(64, whole()), true))
    case t.sint32:
    case t.sint64: {
      const n = whole()
      return varint(n < 0n ? -2n * n - 1n : 2n * n)
    }
    default:
      return varint(whole())
  }
}
