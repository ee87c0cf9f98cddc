import type { ShipmentStatement } from '@passage/evidence';

import type { HeadAnswer, StatementAnswer } from './evidence-formats.js';

/** Another organisation's gateway, as far as it is asked for evidence. What it says is checked by its signatures. */
export interface GatewayPeer {
  readonly organization: string;
  readonly mspId: string;
  /** Its newest head, or the one of a height; with the proof that its tree goes on from one of `from` events. */
  head(query: { readonly height?: number; readonly from?: number }): Promise<HeadAnswer>;
  /** Whether its own index says the same of a consignment. */
  countersign(statement: ShipmentStatement): Promise<StatementAnswer>;
}
