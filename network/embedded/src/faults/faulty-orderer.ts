import type { BroadcastResult, Orderer, Organization } from '../network.js';
import { Status } from '../proto/status.js';
import type { Faults } from './faults.js';

/** How many of so many BFT orderers have to agree (F:common/policies/bft.go). */
function quorum(count: number): number {
  const faulty = Math.floor((count - 1) / 3);
  return Math.ceil((count + faulty + 1) / 2);
}

/** The consenters that sign the next block: those of organisations that are up. */
export function consentersUp(
  organizations: readonly Organization[],
  faults: Faults,
): readonly Organization[] {
  const up = organizations.filter(({ name }) => !faults.isDown(name));
  return up.length < quorum(organizations.length) ? organizations : up;
}

/** Orderers that take nothing when too many of them are down to agree. */
export class FaultyOrderer implements Orderer {
  readonly #orderer: Orderer;
  readonly #organizations: readonly Organization[];
  readonly #faults: Faults;

  constructor(orderer: Orderer, organizations: readonly Organization[], faults: Faults) {
    this.#orderer = orderer;
    this.#organizations = organizations;
    this.#faults = faults;
  }

  async broadcast(envelope: Uint8Array): Promise<BroadcastResult> {
    const up = this.#organizations.filter(({ name }) => !this.#faults.isDown(name)).length;
    if (up >= quorum(this.#organizations.length)) return this.#orderer.broadcast(envelope);
    return { status: Status.SERVICE_UNAVAILABLE, info: 'no quorum of orderers can be reached' };
  }
}
