import type { Field, Message } from '../../workers/ingest/protobuf.ts'

/** A protobuf message from an object, by the same table of fields that reads it; bench and fuzz use it too. */
export function encode(value: Record<string, unknown>, message: Message): Uint8Array {
  const out: number[] = []
  for (const [number, field] of Object.entries(message)) {
    const found = value[field.name]
    if (found === undefined || found === null) continue
    for (const item of field.repeated ? (found as unknown[]) : [found]) write(out, Number(number), field, item)
  }
  return Uint8Array.from(out)
}

function write(out: number[], number: number, { kind }: Field, value: unknown): void {
  const tag = (wire: number) => varint(out, number * 8 + wire)
  const bytes = (data: Iterable<number>) => {
    const all = [...data]
    tag(2)
    varint(out, all.length)
    for (const byte of all) out.push(byte)
  }
  const fixed = (length: 4 | 8, set: (view: DataView) => void) => {
    tag(length === 8 ? 1 : 5)
    const view = new DataView(new ArrayBuffer(length))
    set(view)
    out.push(...new Uint8Array(view.buffer))
  }
  const integer = () => BigInt(String(value).replace('true', '1').replace('false', '0'))
  if (typeof kind === 'function') bytes(encode(value as Record<string, unknown>, kind()))
  else if (kind === 'string') bytes(new TextEncoder().encode(String(value)))
  else if (kind === 'hex') bytes((String(value).match(/../g) ?? []).map((h) => Number.parseInt(h, 16)))
  else if (kind === 'base64') bytes([...atob(String(value))].map((c) => c.charCodeAt(0)))
  else if (kind === 'double') fixed(8, (v) => v.setFloat64(0, Number(value), true))
  else if (kind === 'fixed32') fixed(4, (v) => v.setUint32(0, Number(value), true))
  else if (kind === 'fixed64' || kind === 'sfixed64') fixed(8, (v) => v.setBigInt64(0, BigInt.asIntN(64, integer()), true))
  else if (kind === 'sample')
    fixed(8, (v) => (value === 'stale' ? v.setBigUint64(0, 0x7ff0000000000002n, true) : v.setFloat64(0, Number(value), true)))
  else if (kind === 'sint') {
    tag(0)
    varint(out, integer() < 0n ? -2n * integer() - 1n : 2n * integer())
  } else {
    tag(0)
    varint(out, BigInt.asUintN(64, integer()))
  }
}

function varint(out: number[], value: number | bigint): void {
  let left = BigInt(value)
  while (left > 127n) {
    out.push(Number(left & 127n) | 128)
    left >>= 7n
  }
  out.push(Number(left))
}
