import type { MspManager } from '@passage/ledger';
import type { Kysely } from 'kysely';

import { standingsOfKey } from '../alerts/standing.js';
import { EvidenceBundles } from '../bundles/evidence-bundles.js';
import { VerifiedBlocks } from '../bundles/verified-blocks.js';
import type { OneBlock } from '../fabric/ports.js';
import type { BlockWait } from '../index/block-wait.js';
import type { IndexReader } from '../index/reader.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import type { Logger } from '../log.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import { EvidenceDoor } from './evidence-door.js';
import type { GatewayPeer } from './gateway-peer.js';
import { HeadBook } from './head-book.js';
import { HeadExchange } from './head-exchange.js';
import { signVerified } from './sign-verified.js';
import { ShipmentStatements } from './shipment-statements.js';
import { TreeHeads } from './tree-heads.js';
import type { SignEvidence, TreeHeadsParts } from './tree-heads.js';

/** How evidence is signed and checked, and the gateways that are asked for theirs. */
export interface EvidencePorts {
  readonly sign: SignEvidence;
  readonly peers: readonly GatewayPeer[];
  /** The organisations' MSPs, by the configuration in a head of the index. */
  readonly msps: (head: Uint8Array) => MspManager;
}

/** What evidence is taken from, kept in, and made by. */
export interface EvidenceParts {
  readonly operational: Kysely<OperationalDatabase>;
  readonly whole: IndexReader;
  readonly trust: TreeHeadsParts['trust'];
  /** Where a block is read again for a bundle. */
  readonly source: OneBlock;
  /** Whose gateway it is. */
  readonly organization: string;
  readonly ports: EvidencePorts;
  readonly blocks: BlockWait;
  readonly alerts: AlertBook;
  readonly log: Logger;
}

/** The parts of a gateway that have to do with evidence; nothing runs yet. */
export interface AssembledEvidence {
  readonly heads: TreeHeads;
  readonly statements: ShipmentStatements;
  readonly bundles: EvidenceBundles;
  readonly exchange: HeadExchange;
  readonly evidenceDoor: EvidenceDoor;
}

/** Wires the parts: heads and statements are made from the index, exchanged with other gateways, and go into bundles. */
export function assembleEvidence(parts: EvidenceParts): AssembledEvidence {
  const { operational, whole, trust, source, organization, ports, blocks, alerts, log } = parts;
  const { peers } = ports;
  const { chain, ledgerEvents: events } = whole;
  const sign = signVerified(ports.sign, chain);
  const msps = async (): Promise<MspManager | undefined> => {
    const head = await chain.storedHead();
    return head && ports.msps(head);
  };
  const standings = (kid: string, height: number) => standingsOfKey(whole.knownAt(height - 1), kid);
  const heads = new TreeHeads({ events, chain, trust, sign });
  const statements = new ShipmentStatements({ events, trust, sign, peers, alerts, msps, standings });
  const verified = new VerifiedBlocks({ source, chain, alerts, organization });
  const book = new HeadBook(operational);
  return {
    heads,
    statements,
    bundles: new EvidenceBundles({ whole, heads, statements, blocks: verified }),
    exchange: new HeadExchange({ organization, heads, peers, book, alerts, msps, log }),
    evidenceDoor: new EvidenceDoor({ heads, statements, blocks }),
  };
}
