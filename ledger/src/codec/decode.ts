import { LedgerError } from '../errors.js';
import { concatBytes } from './bytes.js';
import { OrderedReader } from './in-order.js';
import { Reader } from './reader.js';
import { decodeUtf8 } from './utf8.js';
import { unknownFields } from './unknown.js';
import { MAX_DEPTH, WireType } from './wire.js';
import { blankOf } from './schema.js';
import type { FieldSpec, Message, NamedFieldSpec, ScalarKind } from './schema.js';

type Target = Record<PropertyKey, unknown>;

/**
 * Reads a message as protobuf-go does: the last value of a scalar wins, occurrences of a sub-message are merged, a
 * known field of another wire type counts as unknown. Byte fields are views of `bytes`, not copies.
 *
 * @throws LedgerError MALFORMED_MESSAGE for anything that is not such a message, invalid UTF-8 in strings included;
 *   NUMBER_TOO_LARGE for a 64-bit integer that a JavaScript number cannot hold.
 */
export function decode<D>(type: Message<D>, bytes: Uint8Array): D {
  if (type.inOrder !== undefined) {
    const fields = new OrderedReader(bytes);
    const found = type.inOrder(fields);
    if (fields.isRead) return found;
  }
  const target = emptyTarget(type);
  readMessage(type, new Reader(bytes), target, 0);
  return target as D;
}

/** The message that zero bytes decode to: every field at its default. */
export function emptyMessage<D>(type: Message<D>): D {
  return emptyTarget(type) as D;
}

function emptyTarget(type: Message<unknown>): Target {
  // A copy, because the engine makes one much faster than it puts fields together by name; and by `assign`, because spread
  // gets three times as slow where it meets many shapes.
  const target: Target = Object.assign({}, type.blank);
  for (const { name, kind } of type.collections) target[name] = kind === 'map' ? new Map() : [];
  return target;
}

/** What a key or value of a map's entry is where it is left out. */
function defaultOf(field: FieldSpec): unknown {
  return field.kind === 'message' ? emptyTarget(innerType(field)) : blankOf(field);
}

function readMessage(type: Message<unknown>, reader: Reader, target: Target, depth: number): void {
  if (depth > MAX_DEPTH) throw reader.fail('nested too deeply');
  let field: NamedFieldSpec | undefined;
  try {
    while (reader.position < reader.end) {
      field = undefined;
      const start = reader.position;
      const tag = reader.readTag();
      const [number, wireType] = [tag >>> 3, tag & 7];
      field = type.byNumber[number];
      if (field !== undefined && accepts(field, wireType)) {
        readField(type, field, wireType, reader, target, depth);
      } else {
        field = undefined;
        reader.skip(number, wireType);
        keepUnknown(target, reader.bytes.subarray(start, reader.position));
      }
    }
  } catch (error) {
    throw placed(error, field === undefined ? type.name : `${type.name}.${field.name}`);
  }
}

/** Says in which message and field an error happened; an error from further inside already does. */
function placed(error: unknown, place: string): unknown {
  if (!(error instanceof LedgerError) || error.message.startsWith('cannot read ')) return error;
  return new LedgerError(error.code, `cannot read ${place}: ${error.message}`);
}

function accepts(field: FieldSpec, wireType: number): boolean {
  if (wireType === wireTypeOf(field.kind)) return true;
  return field.repeated && wireType === WireType.LENGTH && isPackable(field.kind);
}

export function wireTypeOf(kind: FieldSpec['kind']): number {
  return isPackable(kind) ? WireType.VARINT : WireType.LENGTH;
}

export function isPackable(kind: FieldSpec['kind']): boolean {
  return kind !== 'bytes' && kind !== 'string' && kind !== 'message' && kind !== 'map';
}

function keepUnknown(target: Target, raw: Uint8Array): void {
  const before = target[unknownFields];
  target[unknownFields] = before instanceof Uint8Array ? concatBytes(before, raw) : raw;
}

function readField(
  type: Message<unknown>,
  field: NamedFieldSpec,
  wireType: number,
  reader: Reader,
  target: Target,
  depth: number,
): void {
  if (field.group !== undefined) clearGroup(type, field, target);
  if (field.kind === 'map') {
    readEntry(field, reader, target[field.name] as Map<unknown, unknown>, depth);
  } else if (field.repeated) {
    readItems(field, wireType, reader, target[field.name] as unknown[], depth);
  } else if (field.kind === 'message') {
    const inner = innerType(field);
    const value = (target[field.name] ??= emptyTarget(inner)) as Target;
    readNested(inner, reader, value, depth);
  } else {
    target[field.name] = readScalar(field.kind, reader);
  }
}

function clearGroup(type: Message<unknown>, field: NamedFieldSpec, target: Target): void {
  for (const other of type.fields) {
    if (other.group === field.group && other !== field) Reflect.deleteProperty(target, other.name);
  }
}

function readItems(
  field: NamedFieldSpec,
  wireType: number,
  reader: Reader,
  items: unknown[],
  depth: number,
): void {
  if (field.kind === 'message') {
    const inner = innerType(field);
    const item = emptyTarget(inner);
    readNested(inner, reader, item, depth);
    items.push(item);
  } else if (wireType === WireType.LENGTH && isPackable(field.kind)) {
    const outerEnd = reader.enter();
    while (reader.position < reader.end) items.push(readScalar(field.kind as ScalarKind, reader));
    reader.end = outerEnd;
  } else {
    items.push(readScalar(field.kind as ScalarKind, reader));
  }
}

function readNested(type: Message<unknown>, reader: Reader, target: Target, depth: number): void {
  const outerEnd = reader.enter();
  readMessage(type, reader, target, depth + 1);
  reader.end = outerEnd;
}

/** One entry of a map: key 1, value 2, either of which may be missing and stands for its default. */
function readEntry(field: FieldSpec, reader: Reader, entries: Map<unknown, unknown>, depth: number): void {
  if (field.entry === undefined) throw new TypeError('a map without an entry');
  const { key, value } = field.entry;
  let entryKey = defaultOf(key);
  let entryValue = defaultOf(value);
  const outerEnd = reader.enter();
  while (reader.position < reader.end) {
    const tag = reader.readTag();
    if (tag === 8 + wireTypeOf(key.kind)) {
      entryKey = readScalar(key.kind as ScalarKind, reader);
    } else if (tag !== 16 + wireTypeOf(value.kind)) {
      reader.skip(Math.floor(tag / 8), tag % 8);
    } else if (value.kind === 'message') {
      readNested(innerType(value), reader, entryValue as Target, depth);
    } else {
      entryValue = readScalar(value.kind as ScalarKind, reader);
    }
  }
  reader.end = outerEnd;
  entries.set(entryKey, entryValue);
}

function innerType(field: FieldSpec): Message<unknown> {
  if (field.message === undefined) throw new TypeError('a message field without a message');
  return field.message();
}

function readScalar(kind: ScalarKind, reader: Reader): unknown {
  if (kind === 'bytes') return reader.readBytes();
  if (kind === 'string') return readString(reader);
  reader.readVarint();
  switch (kind) {
    case 'bool':
      return reader.low !== 0 || reader.high !== 0;
    case 'int32':
      return reader.low | 0;
    case 'uint32':
      return reader.low;
    case 'int64':
      return exact((reader.high | 0) * 2 ** 32 + reader.low);
    case 'uint64':
      return exact(reader.high * 2 ** 32 + reader.low);
  }
}

function exact(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new LedgerError('NUMBER_TOO_LARGE', 'a 64-bit integer beyond 2^53-1, which would be rounded');
}

function readString(reader: Reader): string {
  const text = decodeUtf8(reader.readBytes());
  if (text === undefined) throw reader.fail('invalid UTF-8');
  return text;
}
