/*
 * As much of protobuf's wire format as the chaincode writes and reads itself: fields of bytes and small numbers
 * (protobuf.dev/programming-guides/encoding). Everything else is done by Fabric's own runtime.
 */

/** Wire types: how many bytes a field has is told by its kind. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A field of bytes, text or another message; an empty one is written as well. */
export function bytesField(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([varint((field << 3) | LENGTH_DELIMITED), varint(value.length), value]);
}

/** A field of a number from 0 to 2^31 - 1. */
export function numberField(field: number, value: number): Buffer {
  return Buffer.concat([varint((field << 3) | VARINT), varint(value)]);
}

/**
 * The values of a message that has nothing but one repeated field of bytes.
 *
 * @throws Error where the bytes are no such message
 */
export function readRepeatedBytes(field: number, message: Uint8Array): readonly Uint8Array[] {
  const values: Uint8Array[] = [];
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('the message ends inside a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('the message has a number that is too long');
  };
  while (at < message.length) {
    if (number() !== ((field << 3) | LENGTH_DELIMITED)) throw new Error('the message has another field');
    const end = number() + at;
    if (end > message.length) throw new Error('the message ends inside a field');
    values.push(message.subarray(at, end));
    at = end;
  }
  return values;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.of(...bytes, value);
}

/** A field of a message as it was read: a number, or bytes. */
export type Field = { readonly field: number; readonly value: Uint8Array | number };

/** The fields of a protobuf message of numbers and bytes, in their order; undefined where the bytes are none. */
export function readFields(bytes: Field['value'] | undefined): readonly Field[] | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    const first = tag && readVarint(bytes, tag.end);
    if (!tag || !first) return undefined;
    const field = tag.value >>> 3;
    const wireType = tag.value & 7;
    if (wireType === VARINT) fields.push({ field, value: first.value });
    at = wireType === VARINT ? first.end : first.end + first.value;
    if (wireType === LENGTH_DELIMITED) fields.push({ field, value: bytes.subarray(first.end, at) });
    if ((wireType !== VARINT && wireType !== LENGTH_DELIMITED) || at > bytes.length) return undefined;
  }
  return fields;
}

/** A number of at most four bytes: none of a policy's is longer. */
function readVarint(
  bytes: Uint8Array,
  from: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[from + index];
    if (byte === undefined) return undefined;
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value, end: from + index + 1 };
  }
  return undefined;
}
