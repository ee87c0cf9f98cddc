import { get, set, v128 } from './instructions.js';
import type { Code, Local } from './instructions.js';

/** Lanes of a constant, 32 bits each. */
type Lanes = readonly [number, number, number, number];

/**
 * The constants of a function, in variables that are set once, before its loop: where one stands in the code itself, V8 makes it anew each
 * time, by several instructions.
 */
export class Constants {
  readonly #first: Local;
  readonly #known = new Map<string, Lanes>();

  /** @param first index of the first variable that is free for them; as many others follow as are needed. */
  constructor(first: Local) {
    this.#first = first;
  }

  /** How many variables they take. */
  get count(): number {
    return this.#known.size;
  }

  inEveryLane(value: number): Code {
    return this.#of([value, value, value, value]);
  }

  /** In the low half of each lane of 64 bits. */
  inBothLanes(value: number): Code {
    return this.#of([value, 0, value, 0]);
  }

  /** Sets the variables; to be asked for once all code is written that needs them. */
  get code(): Code {
    return [...this.#known.values()].map((lanes, i) => set(this.#first + i, v128.const(lanes)));
  }

  #of(lanes: Lanes): Code {
    const name = lanes.join();
    if (!this.#known.has(name)) this.#known.set(name, lanes);
    return get(this.#first + [...this.#known.keys()].indexOf(name));
  }
}
