import type { JsonObject, PublicJwk, SignatureAlgorithm } from '@passage/domain';
import type { DeviceKey } from '../keys/device-key.js';
import { seededKey } from '../keys/seeded-key.js';
import { provePossession } from '../statement/prove-possession.js';
import { type ChainEnd, signStatement, type SignedStatement } from '../statement/sign-statement.js';
import type { DeviceNeed } from './sighting.js';

/** What makes a simulated device: its key follows from `seed` and `name`. */
export interface SimulatedDeviceOptions {
  readonly seed: string;
  readonly name: string;
  readonly alg: SignatureAlgorithm;
  /** Hex genesis hash of the ledger it signs for. */
  readonly aud: string;
  readonly description: DeviceNeed;
}

/** A device in memory that signs with the same code as the kit. It forgets its chain with the process: never a real one. */
export class SimulatedDevice {
  readonly name: string;
  readonly description: DeviceNeed;
  readonly aud: string;
  readonly #key: DeviceKey;
  #end: ChainEnd = { seq: 0 };

  constructor({ seed, name, alg, aud, description }: SimulatedDeviceOptions) {
    this.name = name;
    this.description = description;
    this.aud = aud;
    this.#key = seededKey(alg, seed, name);
  }

  get kid(): string {
    return this.#key.kid;
  }

  get jwk(): PublicJwk {
    return this.#key.jwk;
  }

  /** The proof that registers the device for its owner. */
  proofOfPossession(): string {
    const { owner, kind, place } = this.description;
    return provePossession(this.#key, this.aud, { owner, kind, ...(place === undefined ? {} : { place }) });
  }

  /** Signs an event as the next statement of this device. */
  sign(event: JsonObject): SignedStatement {
    const statement = signStatement(this.#key, this.aud, this.#end, event);
    this.#end = { seq: statement.seq, last: statement.statementId };
    return statement;
  }
}
