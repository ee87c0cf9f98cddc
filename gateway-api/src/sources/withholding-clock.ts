/**
 * Measures how long our own peer lacks a block that another source has. Being behind for a moment is how a network works; not
 * having reached, within the bound, what another had when the measuring began is withholding, be it by standing still or by
 * handing out blocks one by one.
 */
export class WithholdingClock {
  readonly #bound: number;
  readonly #now: () => number;
  #awaited: { readonly block: number; readonly since: number } | undefined;
  #withheld = 0;

  /** `bound` in milliseconds; `now` a clock that never goes back. */
  constructor(bound: number, now: () => number) {
    this.#bound = bound;
    this.#now = now;
  }

  /** Blocks that are being withheld; 0 while none are. */
  get withheld(): number {
    return this.#withheld;
  }

  /** Takes the newest block of our own peer and the newest that another proved to have. True when withholding begins. */
  observe(own: number, others: number): boolean {
    const now = this.#now();
    if (this.#awaited === undefined || own >= this.#awaited.block) {
      this.#awaited = others > own ? { block: others, since: now } : undefined;
    }
    const before = this.#withheld;
    const isLong = this.#awaited !== undefined && now - this.#awaited.since > this.#bound;
    this.#withheld = isLong ? Math.max(others - own, 1) : 0;
    return isLong && before === 0;
  }
}
