import { bftQuorum } from '@passage/ledger';

import type { BroadcastResult, Orderer, Organization } from '../network.js';
import { Status } from '../proto/status.js';
import type { Faults } from './faults.js';

/**
 * The consenters that sign the next block: those of organisations that are up.
 *
 * @param consenters the organisations that order
 */
export function consentersUp(consenters: readonly Organization[], faults: Faults): readonly Organization[] {
  const up = consenters.filter(({ name }) => !faults.isDown(name));
  return up.length < bftQuorum(consenters.length) ? consenters : up;
}

/** Orderers that take nothing when too many of them are down to agree. */
export class FaultyOrderer implements Orderer {
  readonly #orderer: Orderer;
  readonly #consenters: () => readonly Organization[];
  readonly #faults: Faults;

  /** @param consenters the organisations that order, by the configuration in force */
  constructor(orderer: Orderer, consenters: () => readonly Organization[], faults: Faults) {
    this.#orderer = orderer;
    this.#consenters = consenters;
    this.#faults = faults;
  }

  async broadcast(envelope: Uint8Array): Promise<BroadcastResult> {
    const consenters = this.#consenters();
    const up = consenters.filter(({ name }) => !this.#faults.isDown(name)).length;
    if (up >= bftQuorum(consenters.length)) return this.#orderer.broadcast(envelope);
    return { status: Status.SERVICE_UNAVAILABLE, info: 'no quorum of orderers can be reached' };
  }
}
