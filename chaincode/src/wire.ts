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
