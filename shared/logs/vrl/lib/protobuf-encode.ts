import { scalarText } from '../display.ts'
import {
  Boxed,
  type Fields,
  fail,
  field,
  fieldNames,
  isFloat,
  isInteger,
  isObject,
  isString,
  kindOf,
  text,
  toBig,
  toBytes,
  toNumber,
  type Value,
} from '../value.ts'
import { type ProtoField, type ProtoSchema, t, wires } from './protobuf.ts'

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
