import { randomBytes } from 'node:crypto';

import { commit } from '@passage/domain';

/** The opening of one private field: what goes to `keepOpenings`. */
export interface PlantedOpening {
  readonly subject: string;
  readonly field: string;
  readonly commitment: string;
  readonly salt: string;
  readonly value: string;
}

/** Private values that can be looked for: value and salt of every field are 32 random bytes of their own. */
export class Canaries {
  /** What must not be found. */
  readonly hidden: Buffer[] = [];
  readonly #ledger: string;
  readonly #openings = new Map<string, PlantedOpening[]>();

  constructor(ledger: string) {
    this.#ledger = ledger;
  }

  /** 32 random bytes that must not be found. */
  bytes(): Buffer {
    const bytes = randomBytes(32);
    this.hidden.push(bytes);
    return bytes;
  }

  /** Makes a private field of the owner's. */
  plant(owner: string, subject: string, field: string): PlantedOpening {
    const [salt, value] = [this.bytes(), this.bytes().toString('hex')];
    const commitment = commit({ ledger: this.#ledger, subject, owner, field, salt, value });
    const opening = { subject, field, commitment, salt: salt.toString('base64url'), value };
    this.#openings.set(owner, [...this.of(owner), opening]);
    return opening;
  }

  /** The openings of all that was planted for an owner. */
  of(owner: string): readonly PlantedOpening[] {
    return this.#openings.get(owner) ?? [];
  }

  /** What stands for the planted fields in an act's input. */
  get words(): ReadonlySet<string> {
    const all = [...this.#openings.values()].flat();
    return new Set(all.flatMap(({ commitment, salt, value }) => [commitment, salt, value]));
  }
}
