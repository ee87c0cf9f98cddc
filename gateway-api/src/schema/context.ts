import type { AccessLog } from '../access/access-log.js';
import type { AlertDesk } from '../alert-desk/alert-desk.js';
import type { AlertItem } from '../alert-desk/alert-source.js';
import type { Caller } from '../auth/caller.js';
import type { EvidenceBundles } from '../bundles/evidence-bundles.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import type { GatewayStatus } from '../status.js';
import type { Identities } from '../enrolment/identities.js';
import type { ShipmentStatements } from '../heads/shipment-statements.js';
import type { TreeHeads } from '../heads/tree-heads.js';
import type { FeedStreams } from '../feed/feed-streams.js';
import type { BlockWait } from '../index/block-wait.js';
import type { LedgerClient } from '../fabric/ports.js';
import type { OwnKeyActs } from '../own-key/own-key-acts.js';
import type { IndexReader } from '../index/reader.js';
import type { CallersSight } from '../sight/callers-sight.js';
import type { Rechecks } from '../recheck/recheck.js';
import type { Commands } from '../submission/commands.js';
import type { Outbox } from '../submission/outbox.js';
import type { StatementDoor } from '../submission/statements.js';
import type { Webhooks } from '../webhooks/webhooks.js';

/** What the resolvers stand on. */
export interface GatewayServices {
  /** This gateway's organisation. */
  readonly organization: { readonly name: string; readonly mspId: string };
  /** What the index has, whoever asks: for what is computed from more than one caller may see. */
  readonly whole: IndexReader;
  readonly sights: Pick<CallersSight, 'of'>;
  readonly access: Pick<AccessLog, 'record' | 'records'>;
  readonly alerts: Pick<AlertBook, 'alerts'>;
  readonly heads: TreeHeads;
  readonly statements: ShipmentStatements;
  readonly bundles: Pick<EvidenceBundles, 'make'>;
  readonly status: GatewayStatus;
  readonly rechecks: Pick<Rechecks, 'of'>;
  readonly streams: Pick<FeedStreams, 'open' | 'follow' | 'end'>;
  readonly alertDesk: Pick<AlertDesk, 'seenBy' | 'move'>;
  readonly alertStreams: Pick<FeedStreams<AlertItem>, 'open' | 'follow' | 'here' | 'end'>;
  readonly webhooks: Pick<Webhooks, 'register' | 'rotate' | 'resume' | 'remove' | 'of'>;
  readonly blocks: Pick<BlockWait, 'until'>;
  readonly identities: Pick<Identities, 'party' | 'admin'>;
  readonly ledger: Pick<LedgerClient, 'evaluate'>;
  readonly commands: Commands;
  readonly ownKeyActs: OwnKeyActs;
  readonly door: StatementDoor;
  readonly outbox: Pick<Outbox, 'status'>;
}

/** What each request brings: a caller whose token was accepted. */
export interface GatewayContext extends GatewayServices {
  readonly caller: Caller;
  /** What the caller may see of the index; everything that is answered as it stands comes from here. */
  readonly reader: IndexReader;
  /** The newest verified block when the answer's first row was read: the whole answer holds up to there. */
  readonly asOfBlock: number;
  /** What is being recorded of who asked: the answer leaves when all of it is written. */
  readonly records: Promise<void>[];
  /** The line to the caller: that it has gone, and how to cut it. */
  readonly line: { readonly gone: AbortSignal; readonly hangUp: () => void };
  /** The block that the request rests on, where it says so; the index has it. */
  readonly afterBlock?: number;
}
