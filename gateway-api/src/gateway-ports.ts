import type { AlertFinder } from './alert-desk/alert-finder.js';
import type { WatchRhythm } from './alert-desk/alert-watch.js';
import type { CertificateHealth } from './enrolment/certificate-health.js';
import type { Identities } from './enrolment/identities.js';
import type { BlockSource, LedgerClient, OneBlock, OwnKeyLedger } from './fabric/ports.js';
import type { EvidencePorts } from './heads/assemble-evidence.js';
import type { FollowerPace } from './index/follower.js';
import type { Indexer } from './index/indexer.js';
import type { BlockVerifier } from './index/verified-block.js';
import type { RereadRules } from './recheck/reread-block.js';
import type { LedgerSources } from './sources/ledger-sources.js';
import type { SendingPace } from './submission/sender.js';

/** What a gateway reaches the outside by; tests bring their own. */
export interface GatewayPorts {
  readonly ledger: LedgerClient;
  readonly ownKeyLedger: OwnKeyLedger;
  readonly source: BlockSource & OneBlock;
  /** How a block is read again for a recheck. */
  readonly reread: RereadRules;
  /** Writes the index that the settings name. */
  readonly indexer: Indexer;
  readonly identities: Pick<Identities, 'party' | 'admin'>;
  /** What the indexer's verifier checks, in words. */
  readonly verifier: Pick<BlockVerifier, 'checks' | 'notChecked'>;
  /** What the gateway's certificates ask for. */
  readonly certificates: () => CertificateHealth;
  readonly pace?: SendingPace;
  readonly followerPace?: FollowerPace;
  /** The longest that a request waits for a block, in milliseconds. */
  readonly blockPatience?: number;
  /** Finds alerts; in this thread unless told otherwise. */
  readonly alertFinder?: AlertFinder;
  readonly alertRhythm?: WatchRhythm;
  /** What the index is held against; without it nothing. */
  readonly sources?: LedgerSources;
  readonly evidence: EvidencePorts;
}
