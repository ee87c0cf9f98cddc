import type { NetworkKind } from '@passage/network-control';
import type { Signer } from '@passage/network-embedded/testing';

import type { Certifier } from './certifier.js';

export type OrganizationName = 'customs' | 'port' | 'business' | 'auditor';

/** One organisation of a network under test, with every key of it at hand: some scenarios misuse them. */
export interface TestedOrganization {
  readonly name: OrganizationName;
  readonly mspId: string;
  /** `host:port` of its peer, and of its orderer. */
  readonly peerAddress: string;
  readonly ordererAddress: string;
  readonly tlsRoot: Buffer;
  readonly admin: Signer;
  readonly peer: Signer;
  /** Issues certificates with its CA's own key. */
  readonly certifier: Certifier;
}

/** A running network, of either kind, as the scenarios see it: addresses and identities, and Fabric's protocols. */
export interface NetworkUnderTest {
  readonly kind: NetworkKind;
  readonly channel: string;
  readonly chaincode: string;
  /** What every organisation approves as the source of the chaincode. */
  readonly packageId: string;
  /** customs, port, business, auditor. */
  readonly organizations: readonly TestedOrganization[];
  organization(name: OrganizationName): TestedOrganization;
}
