import { signed, unsigned } from './leb128.js';

/**
 * WebAssembly's instructions, as far as the field needs them (WebAssembly Core Specification 2.0, sections 5.4.1 to 5.4.8). Code is
 * the bytes that it is encoded as, in lists of lists, so that none is copied before all is done. An expression is code that leaves one value on the stack; it takes its operands as
 * expressions, so that a program reads like the formula that it computes.
 */
export type Code = number | readonly Code[];

/** Index of a parameter or variable in its function. */
export type Local = number;

export const get = (local: Local): Code => [0x20, unsigned(local)];
export const set = (local: Local, value: Code): Code => [value, 0x21, unsigned(local)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: (address: Code, offset: number): Code => [address, 0x28, 2, unsigned(offset)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  sub: (a: Code, b: Code): Code => [a, b, 0x6b],
  and: (a: Code, b: Code): Code => [a, b, 0x71],
};

/** Runs `body` once, and again until `condition`, which is looked at behind it, is 0. */
export function repeatWhile(condition: Code, body: Code): Code {
  const [loop, nothing, branchIf, end] = [0x03, 0x40, 0x0d, 0x0b];
  return [loop, nothing, body, condition, branchIf, 0, end];
}

const simd = (opcode: number, ...operands: readonly Code[]): Code => [operands, 0xfd, unsigned(opcode)];
const shift = (opcode: number) => (a: Code, bits: number) => simd(opcode, a, i32.const(bits));
const binary = (opcode: number) => (a: Code, b: Code) => simd(opcode, a, b);

export const v128 = {
  load: (address: Code, offset: number): Code => [simd(0x00, address), 2, unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [
    simd(0x0b, address, value),
    2,
    unsigned(offset),
  ],
  /** Four numbers of 32 bits, one for each lane. */
  const: (lanes: readonly [number, number, number, number]): Code => [
    simd(0x0c),
    Array.from(new Uint8Array(Uint32Array.from(lanes).buffer)),
  ],
  /** `value` with 32 bits of memory in the place of one of its lanes. */
  loadLane: (lane: number, address: Code, offset: number, value: Code): Code => [
    simd(0x56, address, value),
    2,
    unsigned(offset),
    lane,
  ],
  and: binary(0x4e),
  /** The bits of `a` where `mask` has ones, and of `b` where it has zeros. */
  select: (mask: Code, a: Code, b: Code): Code => simd(0x52, a, b, mask),
};

/** Lanes 0 and 2 of `a`, followed by lanes 0 and 2 of `b`. */
export const evenLanes = (a: Code, b: Code): Code => [
  simd(0x0d, a, b),
  [0, 2, 4, 6].map((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
];

export const i32x4 = {
  shl: shift(0xab),
  shr: shift(0xad),
  add: binary(0xae),
  sub: binary(0xb1),
};

export const i64x2 = {
  shl: shift(0xcb),
  shr: shift(0xcd),
  add: binary(0xce),
  sub: binary(0xd1),
};

/** Products of 64 bits of numbers of 32: those in the lanes 0 and 1, or those in the lanes 2 and 3. */
export const productsOf = { low: binary(0xde), high: binary(0xdf) };
