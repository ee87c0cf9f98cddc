import type { OrganizationName } from '../organization-name.js';

/** What is wrong with the blocks that an organisation's peer and orderer deliver. */
export interface DeliveryFault {
  /** Milliseconds that each block waits. */
  readonly delayMs?: number;
  /** The stream breaks where this block would come. */
  readonly cutAt?: number;
  /** This block comes with an altered transaction, and with all its honest signatures. */
  readonly forge?: number;
  /** This block and all later ones never come; the stream stays open. */
  readonly withholdFrom?: number;
}

/** Everything that is made to go wrong. Nothing is, unless it stands here. */
export interface FaultState {
  /** Organisations whose peer and orderer cannot be reached. */
  readonly down: readonly OrganizationName[];
  /** Organisations whose peer endorses something else than what the chaincode gave. */
  readonly differing: readonly OrganizationName[];
  /** Orderers accept, and make no block. */
  readonly stalled: boolean;
  readonly delivery: Readonly<Partial<Record<OrganizationName, DeliveryFault>>>;
}

export const NO_FAULTS: FaultState = { down: [], differing: [], stalled: false, delivery: {} };
