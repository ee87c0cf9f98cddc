/**
 * Numbers that look random and follow from a seed alone (mulberry32, public domain): the same seed makes the same choices
 * on every machine. No secret may come from here.
 */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `below` − 1. */
  below(below: number): number {
    return Math.floor((this.#next() / 2 ** 32) * below);
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#next() >>> 24);
  }

  /** One of the choices, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [choice: T, weight: number])[]): T {
    const [first, ...others] = choices;
    if (first === undefined) throw new RangeError('nothing to choose from');
    let left = this.below(choices.reduce((sum, [, weight]) => sum + weight, 0)) - first[1];
    let chosen = first[0];
    for (const [choice, weight] of others) {
      if (left < 0) break;
      chosen = choice;
      left -= weight;
    }
    return chosen;
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
