import { LedgerError } from '../errors.js';
import { compareBytes, equalBytes } from './bytes.js';
import { decode, isPackable, wireTypeOf } from './decode.js';
import { encodeUtf8, utf8 } from './utf8.js';
import { unknownFields } from './unknown.js';
import { WireType } from './wire.js';
import { Writer } from './writer.js';
import type { Encodable, FieldSpec, Message, NamedFieldSpec, ScalarKind } from './schema.js';

type Source = Readonly<Record<PropertyKey, unknown>>;

/**
 * Writes a message as Go's deterministic marshalling does: fields by number, proto3 defaults left out, scalars packed,
 * maps by key, unknown fields last.
 *
 * @throws LedgerError INVALID_VALUE if a value does not fit its field or two members of a oneof are given.
 */
export function encode<D>(type: Message<D>, value: Encodable<D>): Uint8Array {
  return writeWhole(type, value as Source);
}

/**
 * Whether the bytes are exactly what protobuf-go writes after reading them. Fabric demands it of every envelope in a
 * block (protoutil/blockutils.go, VerifyTransactionsAreWellFormed), because the data hash covers a mere concatenation.
 * Bytes that are no such message give false.
 */
export function isCanonical(type: Message<unknown>, bytes: Uint8Array): boolean {
  try {
    return equalBytes(writeWhole(type, decode(type, bytes) as Source), bytes);
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

function writeWhole(type: Message<unknown>, source: Source): Uint8Array {
  const writer = new Writer();
  writeMessage(type, source, writer);
  return writer.finish();
}

function writeMessage(type: Message<unknown>, source: Source, writer: Writer): void {
  let groups: Set<string> | undefined;
  for (const field of type.fields) {
    const value = source[field.name];
    if (value === undefined) continue;
    if (field.group !== undefined) {
      groups ??= new Set();
      if (groups.has(field.group)) throw invalid(type, field, `a second member of ${field.group}`);
      groups.add(field.group);
    }
    try {
      writeField(field, value, writer);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw invalid(type, field, error.message);
    }
  }
  const unknown = source[unknownFields];
  if (unknown instanceof Uint8Array) writer.writeRaw(unknown);
}

function invalid(type: Message<unknown>, field: NamedFieldSpec, why: string): LedgerError {
  return new LedgerError('INVALID_VALUE', `cannot write ${type.name}.${field.name}: ${why}`);
}

function writeField(field: FieldSpec, value: unknown, writer: Writer): void {
  if (field.kind === 'map') {
    writeEntries(field, value as ReadonlyMap<string | number, unknown>, writer);
  } else if (field.repeated) {
    writeItems(field, value as readonly unknown[], writer);
  } else if (field.presence || !isDefault(value)) {
    writeSingle(field, value, writer);
  }
}

function isDefault(value: unknown): boolean {
  return value instanceof Uint8Array ? value.length === 0 : value === 0 || value === '' || value === false;
}

function writeItems(field: FieldSpec, items: readonly unknown[], writer: Writer): void {
  if (!isPackable(field.kind)) {
    for (const item of items) writeSingle(field, item, writer);
  } else if (items.length > 0) {
    writer.writeTag(field.number, WireType.LENGTH);
    writer.writeNested(() => {
      for (const item of items) writeScalar(field.kind as ScalarKind, item, writer);
    });
  }
}

function writeSingle(field: FieldSpec, value: unknown, writer: Writer): void {
  writer.writeTag(field.number, wireTypeOf(field.kind));
  if (field.message === undefined) {
    writeScalar(field.kind as ScalarKind, value, writer);
  } else {
    const inner = field.message();
    writer.writeNested(() => {
      writeMessage(inner, value as Source, writer);
    });
  }
}

/** Both halves of an entry are always written, as Go does. */
function writeEntries(
  field: FieldSpec,
  entries: ReadonlyMap<string | number, unknown>,
  writer: Writer,
): void {
  const { entry } = field;
  if (entry === undefined) throw new TypeError('a map without an entry');
  for (const [key, value] of [...entries].sort(([a], [b]) => compareKeys(a, b))) {
    writer.writeTag(field.number, WireType.LENGTH);
    writer.writeNested(() => {
      writeSingle(entry.key, key, writer);
      writeSingle(entry.value, value, writer);
    });
  }
}

function compareKeys(a: string | number, b: string | number): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return compareBytes(utf8(a), utf8(b));
}

function writeScalar(kind: ScalarKind, value: unknown, writer: Writer): void {
  switch (kind) {
    case 'bytes':
      if (!(value instanceof Uint8Array)) throw new RangeError('not bytes');
      writer.writeBytes(value);
      return;
    case 'string':
      writer.writeBytes(stringBytes(value));
      return;
    case 'bool':
      writer.writeVarint(value === true ? 1 : 0);
      return;
    default:
      writer.writeVarint(integer(kind, value));
  }
}

function stringBytes(value: unknown): Uint8Array {
  const encoded = typeof value === 'string' ? encodeUtf8(value) : undefined;
  if (encoded === undefined) throw new RangeError('not a string of whole characters');
  return encoded;
}

const RANGES = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
} as const;

function integer(kind: keyof typeof RANGES, value: unknown): number {
  const [least, most] = RANGES[kind];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`not an integer from ${String(least)} to ${String(most)}`);
}
