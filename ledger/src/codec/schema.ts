import { NO_BYTES } from './bytes.js';

/** What a field holds on the wire. Enumerations are open, as in proto3: any 32-bit number. */
export type ScalarKind = 'bytes' | 'string' | 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64';

/** One field as the codec sees it. */
export interface FieldSpec {
  readonly number: number;
  readonly kind: ScalarKind | 'message' | 'map';
  readonly repeated: boolean;
  /** Written whenever it is given, even with its default value, and missing from the decoded message when absent. */
  readonly presence: boolean;
  /** Name of the oneof it belongs to. */
  readonly group?: string;
  /** Of a message field: the message. Called late, so that messages may contain themselves. */
  readonly message?: () => Message<unknown>;
  /** Of a map: its entry's key (number 1) and value (number 2). */
  readonly entry?: { readonly key: FieldSpec; readonly value: FieldSpec };
}

declare const decodedType: unique symbol;

/** A field whose decoded value is a T; `Optional` says whether the decoded message may lack it. */
export interface Field<T, Optional extends boolean = false> {
  readonly spec: FieldSpec;
  readonly [decodedType]?: { value: T; optional: Optional };
}

export interface NamedFieldSpec extends FieldSpec {
  readonly name: string;
}

/** A message descriptor; `Decoded` is what decoding it gives. */
export interface Message<Decoded> {
  readonly name: string;
  /** In the order of their numbers, which is the order they are written in. */
  readonly fields: readonly NamedFieldSpec[];
  /** At the index of its number, where there is one: numbers are small, so this is no long list. */
  readonly byNumber: readonly (NamedFieldSpec | undefined)[];
  /** What an empty message holds, by the names of its fields; lists and maps are undefined here, each message gets its own. */
  readonly blank: Readonly<Record<string, unknown>>;
  /** The fields that hold a list or a map. */
  readonly collections: readonly NamedFieldSpec[];
  /** Reads the message where its fields stand in order; undefined for messages that hardly anybody reads. */
  readonly inOrder: ((fields: FieldsInOrder) => Decoded) | undefined;
  readonly [decodedType]?: Decoded;
}

/** The fields of a message that stand in the order of their numbers; to be asked for in that order. See `OrderedReader`. */
export interface FieldsInOrder {
  /** A field of bytes, as a view; none where it is left out. */
  bytes(number: number): Uint8Array;
  /** Any number of fields of bytes that stand one behind another. */
  severalBytes(number: number): Uint8Array[];
  string(number: number): string;
  /** A number from 0 to 2^31-1, which any kind of integer may hold: others are not read in order. */
  integer(number: number): number;
  bool(number: number): boolean;
  /** A message within the message; undefined where it is left out. */
  message<D>(number: number, type: Message<D>): D | undefined;
  /** Any number of messages that stand one behind another. */
  messages<D>(number: number, type: Message<D>): D[];
}

type AnyField = Field<unknown, boolean>;
type Fields = Readonly<Record<string, AnyField>>;
type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends Field<unknown> ? never : K;
}[keyof F];

type Flat<T> = { [K in keyof T]: T[K] };

/** The decoded shape of a set of fields. */
export type Shape<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>;
  }
>;

/** The type that a message decodes to: `type Header = Decoded<typeof Header>`. */
export type Decoded<M> = M extends Message<infer D> ? D : never;

/** What the encoder takes for a decoded type: every field may be left out. */
export type Encodable<T> = T extends Uint8Array | string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Encodable<Item>[]
    : T extends ReadonlyMap<infer Key, infer Value>
      ? ReadonlyMap<Key, Encodable<Value>>
      : { readonly [K in keyof T]?: Encodable<T[K]> | undefined };

/**
 * Declares a message.
 *
 * @param name the full protobuf name, for error messages.
 * @param inOrder for messages of which every block holds many: asks for each field in the order of the numbers, and gives what any
 *   other way of reading gives. A field that it does not ask for is one that few messages have.
 */
export function message<F extends Fields>(
  name: string,
  fields: F,
  inOrder?: (fields: FieldsInOrder) => Shape<F>,
): Message<Shape<F>> {
  const specs = Object.entries(fields)
    .map(([fieldName, { spec }]) => ({ ...spec, name: fieldName }))
    .sort((a, b) => a.number - b.number);
  return {
    name,
    fields: specs,
    byNumber: Array.from({ length: 1 + Math.max(0, ...specs.map((spec) => spec.number)) }, (_, number) =>
      specs.find((spec) => spec.number === number),
    ),
    blank: Object.fromEntries(
      specs.filter(({ presence }) => !presence).map((spec) => [spec.name, blankOf(spec)]),
    ),
    collections: specs.filter(({ repeated: many }) => many),
    inOrder,
  };
}

/** What a field holds in an empty message, where it is no list, map or message. */
export function blankOf({ kind, repeated: many }: FieldSpec): unknown {
  if (many) return undefined;
  if (kind === 'bytes') return NO_BYTES;
  if (kind === 'string') return '';
  return kind === 'bool' ? false : 0;
}

function scalar<T>(number: number, kind: ScalarKind): Field<T> {
  return { spec: { number, kind, repeated: false, presence: false } };
}

export const bytes = (number: number): Field<Uint8Array> => scalar(number, 'bytes');
export const string = (number: number): Field<string> => scalar(number, 'string');
export const bool = (number: number): Field<boolean> => scalar(number, 'bool');
export const int32 = (number: number): Field<number> => scalar(number, 'int32');
export const uint32 = (number: number): Field<number> => scalar(number, 'uint32');
/** A signed 64-bit integer; decoding refuses what a JavaScript number cannot hold exactly. */
export const int64 = (number: number): Field<number> => scalar(number, 'int64');
/** An unsigned 64-bit integer; decoding refuses values above 2^53-1. */
export const uint64 = (number: number): Field<number> => scalar(number, 'uint64');
/** An enumeration: any 32-bit number, as proto3 leaves them open. */
export const enumeration = (number: number): Field<number> => scalar(number, 'int32');

/** A message within the message. An empty one is not an absent one. */
export function embedded<D>(number: number, inner: Message<D> | (() => Message<D>)): Field<D, true> {
  const late = typeof inner === 'function' ? inner : (): Message<D> => inner;
  return { spec: { number, kind: 'message', repeated: false, presence: true, message: late } };
}

/** Any number of values; scalars other than bytes and string are packed when written. */
export function repeated<T>({ spec }: Field<T, boolean>): Field<readonly T[]> {
  return { spec: { ...spec, repeated: true, presence: false } };
}

/** A map. Written in the order of its keys (strings by their UTF-8 bytes), as Go's deterministic marshalling does. */
export function map<K extends string | number, V>(
  number: number,
  key: (number: number) => Field<K>,
  value: (number: number) => Field<V, boolean>,
): Field<ReadonlyMap<K, V>> {
  const entry = { key: key(1).spec, value: value(2).spec };
  return { spec: { number, kind: 'map', repeated: true, presence: false, entry } };
}

/** A scalar with explicit presence (`optional` in proto3): absent and zero are different things. */
export function optional<T>({ spec }: Field<T>): Field<T, true> {
  return { spec: { ...spec, presence: true } };
}

/** Members of a oneof, to be spread into the fields of a message: at most one is present, even if it is zero. */
export function oneOf<F extends Fields>(
  group: string,
  members: F,
): { readonly [K in keyof F]: Field<ValueOf<F[K]>, true> } {
  const marked = Object.entries(members).map(([name, { spec }]) => [
    name,
    { spec: { ...spec, presence: true, group } },
  ]);
  return Object.fromEntries(marked) as { readonly [K in keyof F]: Field<ValueOf<F[K]>, true> };
}
