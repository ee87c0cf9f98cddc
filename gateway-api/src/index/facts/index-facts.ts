import type { BlockFacts, FactsWanted } from '@passage/ledger';

/** What is found out about a block before the rules judge it. */
export interface IndexFacts extends BlockFacts {
  /** Statements of devices with good signatures, see the domain's `SignedStatements`; undefined where nobody has looked. */
  readonly signedStatements?: readonly string[];
}

/** What the threads are to find out. */
export interface IndexFactsWanted extends FactsWanted {
  /** That statements are sent to. */
  readonly chaincode: string;
}
