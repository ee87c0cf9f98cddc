import type { PublicJwk } from '@passage/domain';
import type { BlockFacts, FactsWanted } from '@passage/ledger';

/** What is found out beforehand about a block. */
export interface AuditFacts extends BlockFacts {
  /** Statements of devices with good signatures, see the domain's `SignedStatements`. */
  readonly signedStatements?: readonly string[];
}

/** What the threads are to find out. */
export interface AuditFactsWanted extends FactsWanted {
  /** That statements are sent to. */
  readonly chaincode: string;
}

/** The keys that they check statements by. */
export type DeviceKey = PublicJwk;
