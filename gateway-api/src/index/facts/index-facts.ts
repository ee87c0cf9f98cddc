import type { PublicJwk } from '@passage/domain';
import type { BlockFacts, FactsWanted, SerializedHead } from '@passage/ledger';

import type { BlockReading } from '../reading/block-reading.js';
import type { TableColumns } from '../reading/packed-rows.js';

/** What is found out about a block before the rules judge it. */
export interface IndexFacts extends BlockFacts {
  /** Statements of devices with good signatures, see the domain's `SignedStatements`; undefined where nobody has looked. */
  readonly signedStatements?: readonly string[];
  /** What the block gives by its peer's flags; undefined where that was not wanted, or the state before it has a say. */
  readonly reading?: BlockReading | undefined;
}

/** What the threads are to find out. */
export interface IndexFactsWanted extends FactsWanted {
  /** That statements are sent to. */
  readonly chaincode: string;
  /** Let everybody else have a core before them. */
  readonly yields: boolean;
  /** Blocks are read, too: for rows in tables of these columns. */
  readonly reading?: TableColumns;
}

/** What the threads are told between blocks: devices' keys, or the head with the configuration to read by. */
export type Told = { readonly device: PublicJwk } | { readonly head: SerializedHead };
