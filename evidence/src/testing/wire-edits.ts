import { concatBytes } from '@passage/ledger';
import fc from 'fast-check';

/*
 * Protocol-buffer messages damaged where it hurts a reader: one field of the message, at any depth, is written in another way, and
 * the lengths around it are right again, so that the damage is reached.
 */

/** A field as it stands on the wire; one whose content reads as a message has fields of its own. */
interface WireField {
  readonly number: number;
  readonly type: (typeof wireTypes)[number];
  /** Of type 0 the varint's bytes, else the content. */
  readonly content: Uint8Array;
  readonly fields?: readonly WireField[];
}

/** What is done to a field. `content` is what it would have held. */
type Rewrite = (field: WireField, content: Uint8Array) => Uint8Array;

/** Messages are not followed further; blocks are half as deep. */
const DEEPEST = 50;
const wireTypes = [0, 1, 2, 5] as const;
const HUGE = Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 255, 1]);
const ENDLESS = Uint8Array.from({ length: 12 }, (_, at) => (at < 11 ? 255 : 127));

const rewrites: Readonly<Record<string, Rewrite>> = {
  dropped: () => new Uint8Array(),
  doubled: (field, content) => concatBytes(written(field, content), written(field, content)),
  emptied: (field) => written(field, new Uint8Array()),
  'cut short': (field, content) => written(field, content.subarray(0, content.length >> 1)),
  'longer than it is': ({ number }, content) =>
    concatBytes(varint(number * 8 + 2), varint(content.length + 7), content),
  'longer than any memory': ({ number }, content) => concatBytes(varint(number * 8 + 2), HUGE, content),
  'of a length without end': ({ number }, content) => concatBytes(varint(number * 8 + 2), ENDLESS, content),
  'a number in place of bytes': ({ number }) => concatBytes(varint(number * 8), varint(300)),
  'bytes in place of a number': ({ number }, content) =>
    concatBytes(varint(number * 8 + 2), varint(content.length), content),
  'a huge number': ({ number }) => concatBytes(varint(number * 8), HUGE),
  'a number without end': ({ number }) => concatBytes(varint(number * 8), ENDLESS),
  'a number with zeros before it': ({ number }) =>
    concatBytes(varint(number * 8), Uint8Array.of(0x81, 0x80, 0)),
  'four bytes': ({ number }) => concatBytes(varint(number * 8 + 5), Uint8Array.of(1, 2, 3, 4)),
  'eight bytes': ({ number }) => concatBytes(varint(number * 8 + 1), new Uint8Array(8)),
  'a group': ({ number }, content) => concatBytes(varint(number * 8 + 3), content, varint(number * 8 + 4)),
  'a group without end': ({ number }, content) => concatBytes(varint(number * 8 + 3), content),
  'the end of a group': ({ number }) => varint(number * 8 + 4),
  'of a type that there is not': ({ number }, content) => concatBytes(varint(number * 8 + 7), content),
  'field 0': (field, content) => written({ ...field, number: 0 }, content),
  'an unknown field': (field, content) => written({ ...field, number: 15 }, content),
  'an unknown field besides': (field, content) =>
    concatBytes(written(field, content), written({ ...field, number: 536_870_911 }, content)),
  'the next field': (field, content) => written({ ...field, number: field.number + 1 }, content),
  'deep inside itself': (field, content) => inside(field.number, content, 200),
  'deeper than any reader follows': (field, content) => inside(field.number, content, 20_000),
  'with its tag spun out': ({ number, type }, content) =>
    concatBytes(spunOut(number * 8 + type), type === 2 ? varint(content.length) : new Uint8Array(), content),
  'with its length spun out': ({ number }, content) =>
    concatBytes(varint(number * 8 + 2), spunOut(content.length), content),
};

/** One field of a message, counted through all depths and round the end, and what becomes of it. */
export interface WireEdit {
  readonly field: number;
  readonly rewrite: string;
}

/** Any edit; fast-check shrinks to the first field. */
export const wireEdit: fc.Arbitrary<WireEdit> = fc.record({
  field: fc.nat({ max: 5_000 }),
  rewrite: fc.constantFrom(...Object.keys(rewrites)),
});

/** The bytes of a message with one of its fields written in another way. */
export function rewritten(message: Uint8Array, { field, rewrite }: WireEdit): Uint8Array {
  const fields = treeOf(message);
  const count = countOf(fields);
  if (count === 0) return message;
  let left = field % count;
  const write = (one: WireField): Uint8Array => {
    const isIt = left === 0;
    left--;
    const content = one.fields ? concatBytes(...one.fields.map(write)) : one.content;
    return isIt ? (rewrites[rewrite] ?? written)(one, content) : written(one, content);
  };
  return concatBytes(...fields.map(write));
}

/** Messages that are damaged again and again are taken apart once. */
const trees = new WeakMap<Uint8Array, readonly WireField[]>();

function treeOf(message: Uint8Array): readonly WireField[] {
  const tree = trees.get(message) ?? fieldsIn(message) ?? [];
  trees.set(message, tree);
  return tree;
}

function countOf(fields: readonly WireField[]): number {
  return fields.reduce((sum, one) => sum + 1 + countOf(one.fields ?? []), 0);
}

/** The fields of a message; undefined where the bytes are none, or written in another way than ours. */
function fieldsIn(bytes: Uint8Array, depth = 0): readonly WireField[] | undefined {
  const fields: WireField[] = [];
  for (let at = 0; at < bytes.length;) {
    const found = fieldAt(bytes, at, depth);
    if (found === undefined) return undefined;
    fields.push(found.field);
    at = found.end;
  }
  const whole = concatBytes(...fields.map((one) => written(one, one.content)));
  return Buffer.compare(whole, bytes) === 0 ? fields : undefined;
}

function fieldAt(
  bytes: Uint8Array,
  at: number,
  depth: number,
): { readonly field: WireField; readonly end: number } | undefined {
  const tag = varintAt(bytes, at);
  const number = Math.floor((tag?.value ?? 0) / 8);
  const type = wireTypes.find((one) => one === (tag?.value ?? -1) % 8);
  if (tag === undefined || number === 0 || type === undefined) return undefined;
  const found = contentAt(bytes, tag.end, type);
  if (found === undefined || found.end > bytes.length) return undefined;
  const { content, end } = found;
  const mayNest = type === 2 && content.length > 1 && depth < DEEPEST;
  const inner = mayNest ? fieldsIn(content, depth + 1) : undefined;
  return { field: { number, type, content, ...(inner && { fields: inner }) }, end };
}

function contentAt(
  bytes: Uint8Array,
  at: number,
  type: WireField['type'],
): { readonly content: Uint8Array; readonly end: number } | undefined {
  const until = (start: number, end: number) => ({ content: bytes.subarray(start, end), end });
  if (type === 1) return until(at, at + 8);
  if (type === 5) return until(at, at + 4);
  const number = varintAt(bytes, at);
  if (number === undefined) return undefined;
  return type === 0 ? until(at, number.end) : until(number.end, number.end + number.value);
}

function varintAt(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let at = start; at < Math.min(bytes.length, start + 7); at++) {
    const byte = bytes[at] ?? 0;
    value += (byte % 128) * 128 ** (at - start);
    if (byte < 128) return { value, end: at + 1 };
  }
  return undefined;
}

function written({ number, type }: Pick<WireField, 'number' | 'type'>, content: Uint8Array): Uint8Array {
  const length = type === 2 ? varint(content.length) : new Uint8Array();
  return concatBytes(varint(number * 8 + type), length, content);
}

function inside(number: number, content: Uint8Array, depth: number): Uint8Array {
  const layers: Uint8Array[] = [];
  for (let length = content.length, level = 0; level < depth; level++) {
    const layer = concatBytes(varint(number * 8 + 2), varint(length));
    layers.push(layer);
    length += layer.length;
  }
  return concatBytes(...layers.reverse(), content);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}

/** The same number in more bytes than it takes. */
function spunOut(value: number): Uint8Array {
  const bytes = [...varint(value)];
  const last = bytes.pop() ?? 0;
  return Uint8Array.from([...bytes, last + 128, 128, 0]);
}
