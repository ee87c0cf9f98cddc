import { at, range } from '../at.js';
import { Constants } from '../wasm/constants.js';
import { get, i32, i32x4, repeatWhile, set, v128 } from '../wasm/instructions.js';
import { instantiate } from '../wasm/instantiate.js';
import { encodeModule } from '../wasm/module.js';
import { LIMBS } from './limbs.js';
import { multiply, MULTIPLY_VARIABLES, square } from './multiply.js';
import { byN, byP } from './reductions.js';
import { subtract, SUBTRACT_VARIABLES } from './subtract.js';
import type { Code, Local } from '../wasm/instructions.js';
import type { Exports } from '../wasm/instantiate.js';
import type { WasmFunction } from '../wasm/module.js';
import type { Reduction } from './reductions.js';

/** Numbers side by side in a vector, one in each lane. */
export const LANES = 4;
/** Bytes of a vector of numbers: for each limb the four lanes' of it. */
export const VECTOR_BYTES = LIMBS * LANES * 4;
/** Bytes of a point by itself, as tables keep it: the limbs of x, and those of y. */
export const POINT_BYTES = 2 * LIMBS * 4;

/**
 * The arithmetic of numbers in vectors, written in WebAssembly because JavaScript has no products of more than 53 bits and no
 * lanes. Each function goes through `count` (at least 1) vectors, `step` bytes apart: `VECTOR_BYTES`, the same downwards, or 0
 * for doing the same again to one vector. Addresses are bytes of `memory`.
 *
 * - `multiplyP(out, a, b, count, step)`, `multiplyN`: out = ab/R by p, and by n.
 * - `squareP(out, a, count, step)`: out = a²/R by p.
 * - `subtractP(out, a, b, count, step)`: out = a - b by p.
 * - `gather(x, y, entries, count)`: fetches points from tables. For each lane `entries` has 4 bytes: the address of the point,
 *   plus 1 if it is to be negated.
 */
export type Kernel = Exports<'multiplyP' | 'multiplyN' | 'squareP' | 'subtractP' | 'gather'>;

/** @param bytes of its memory. */
export function startKernel(bytes: number): Kernel {
  const functions = [
    multiplication('multiplyP', byP),
    multiplication('multiplyN', byN),
    squaring(),
    subtraction(),
    gathering(),
  ];
  return instantiate(encodeModule(functions, Math.ceil(bytes / 65536)));
}

function multiplication(name: string, by: (constants: Constants) => Reduction): WasmFunction {
  const [out, a, b, count, step] = [0, 1, 2, 3, 4];
  const variables = range(2 * LIMBS + MULTIPLY_VARIABLES, 5);
  const [left, right, rest] = [
    variables.slice(0, LIMBS),
    variables.slice(LIMBS, 2 * LIMBS),
    variables.slice(2 * LIMBS),
  ];
  const constants = new Constants(5 + variables.length);
  const modulus = { reduction: by(constants), constants };
  const body = [load(left, a), load(right, b), multiply(left, right, modulus, rest), store(rest, out)];
  return through([out, a, b], count, step, { name, vectors: variables.length, body }, constants);
}

function squaring(): WasmFunction {
  const [out, a, count, step] = [0, 1, 2, 3];
  const variables = range(2 * LIMBS + MULTIPLY_VARIABLES, 4);
  const [operand, twice, rest] = [
    variables.slice(0, LIMBS),
    variables.slice(LIMBS, 2 * LIMBS),
    variables.slice(2 * LIMBS),
  ];
  const constants = new Constants(4 + variables.length);
  const modulus = { reduction: byP(constants), constants };
  const body = [load(operand, a), square(operand, twice, modulus, rest), store(rest, out)];
  return through([out, a], count, step, { name: 'squareP', vectors: variables.length, body }, constants);
}

function subtraction(): WasmFunction {
  const [out, a, b, count, step] = [0, 1, 2, 3, 4];
  const variables = range(SUBTRACT_VARIABLES, 5);
  const limbOf = (pointer: Local) => (limb: number) => v128.load(get(pointer), 16 * limb);
  const constants = new Constants(5 + variables.length);
  const body = [subtract(limbOf(a), limbOf(b), variables, constants), store(variables, out)];
  return through([out, a, b], count, step, { name: 'subtractP', vectors: variables.length, body }, constants);
}

function gathering(): WasmFunction {
  const [x, y, entries, count] = [0, 1, 2, 3];
  const points = range(LANES, 4);
  const variables = range(LIMBS + SUBTRACT_VARIABLES, 8);
  const [plain, negated] = [variables.slice(0, LIMBS), variables.slice(LIMBS)];
  const constants = new Constants(8 + variables.length);
  const zero = constants.inEveryLane(0);
  const lanesAt = (offset: number): Code =>
    points.reduce<Code>((lanes, point, lane) => v128.loadLane(lane, get(point), offset, lanes), zero);
  const isNegated = i32x4.sub(zero, v128.and(v128.load(get(entries), 0), constants.inEveryLane(1)));
  const body = [
    points.map((point, lane) => set(point, i32.and(i32.load(get(entries), 4 * lane), i32.const(-2)))),
    range(LIMBS).map((limb) => v128.store(get(x), 16 * limb, lanesAt(4 * limb))),
    plain.map((variable, limb) => set(variable, lanesAt(4 * (LIMBS + limb)))),
    subtract(
      () => zero,
      (limb) => get(at(plain, limb)),
      negated,
      constants,
    ),
    plain.map((variable, limb) =>
      v128.store(get(y), 16 * limb, v128.select(isNegated, get(at(negated, limb)), get(variable))),
    ),
    advance(x, i32.const(VECTOR_BYTES)),
    advance(y, i32.const(VECTOR_BYTES)),
    advance(entries, i32.const(4 * LANES)),
    advance(count, i32.const(-1)),
  ];
  return {
    name: 'gather',
    parameters: 4,
    scalars: LANES,
    vectors: variables.length + constants.count,
    body: [constants.code, repeatWhile(get(count), body)],
  };
}

/** Does `body` to vector after vector. */
function through(
  pointers: readonly Local[],
  count: Local,
  step: Local,
  { name, vectors, body }: Pick<WasmFunction, 'name' | 'vectors' | 'body'>,
  constants: Constants,
): WasmFunction {
  const onwards = pointers.map((pointer) => advance(pointer, get(step)));
  const loop = repeatWhile(get(count), [body, onwards, advance(count, i32.const(-1))]);
  return {
    name,
    parameters: step + 1,
    scalars: 0,
    vectors: vectors + constants.count,
    body: [constants.code, loop],
  };
}

const advance = (local: Local, by: Code): Code => set(local, i32.add(get(local), by));

const load = (limbs: readonly Local[], from: Local): Code =>
  limbs.map((limb, i) => set(limb, v128.load(get(from), 16 * i)));

/** Stores the first nine of some variables. */
const store = (variables: readonly Local[], to: Local): Code =>
  variables.slice(0, LIMBS).map((limb, i) => v128.store(get(to), 16 * i, get(limb)));
