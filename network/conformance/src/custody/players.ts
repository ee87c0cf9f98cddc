import type { Caller } from '@passage/domain';
import type { Signer } from '@passage/network-embedded/testing';

import type { NetworkUnderTest, TestedOrganization } from '../network/under-test.js';

/** Who acts on a network, with a certificate for each. */
export class Players {
  readonly #network: NetworkUnderTest;
  readonly #certified = new Map<string, Promise<Signer>>();

  constructor(network: NetworkUnderTest) {
    this.#network = network;
  }

  /** The organisation of a caller. */
  organizationOf({ mspId }: Caller): TestedOrganization {
    const found = this.#network.organizations.find((one) => one.mspId === mspId);
    if (found === undefined) throw new TypeError(`no organisation has the MSP ${mspId}`);
    return found;
  }

  /** The caller's key, with the certificate that its organisation's CA gives it once. */
  signer(caller: Caller): Promise<Signer> {
    const { admin, certifier } = this.organizationOf(caller);
    if (caller.admin) return Promise.resolve(admin);
    const { mspId, partyId = '', role = '', keyHeldBy } = caller;
    const name = [mspId, partyId, role].join('/');
    const attributes = {
      'passage.party': partyId,
      'passage.role': role,
      ...(keyHeldBy !== undefined && { 'passage.keyHeldBy': keyHeldBy }),
    };
    const signer = this.#certified.get(name) ?? certifier.issue({ attributes });
    this.#certified.set(name, signer);
    return signer;
  }
}
