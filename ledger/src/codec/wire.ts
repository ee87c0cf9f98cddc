/** Protobuf's wire types (https://protobuf.dev/programming-guides/encoding/#structure). */
export const WireType = {
  VARINT: 0,
  FIXED64: 1,
  LENGTH: 2,
  START_GROUP: 3,
  END_GROUP: 4,
  FIXED32: 5,
} as const;

/** Largest field number that a tag can carry. */
export const MAX_FIELD_NUMBER = 2 ** 29 - 1;

/**
 * Deepest nesting that is read. protobuf-go stops at 10,000; the call stack of a JavaScript engine would not last that
 * long, and no message of Fabric's comes near this.
 */
export const MAX_DEPTH = 500;
