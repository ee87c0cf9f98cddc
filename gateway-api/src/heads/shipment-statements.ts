import {
  SHIPMENT_STATEMENT_FORMAT,
  checkShipmentStatement,
  recordsDigest,
  shipmentRecords,
  shipmentStatementBytes,
} from '@passage/evidence';
import type { Standing } from '@passage/domain';
import type {
  OrganisationSignature,
  ShipmentRecords,
  ShipmentStatement,
  SignedEvent,
  SignedShipmentStatement,
} from '@passage/evidence';
import type { MspManager } from '@passage/ledger';

import { messageOf } from '../errors.js';
import type { LedgerEventReader } from '../index/ledger-event-reader.js';
import { withLookups } from '../index/lookups.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import type { Trust } from '../trust.js';
import type { GatewayPeer } from './gateway-peer.js';
import type { SignEvidence } from './tree-heads.js';

interface StatementParts {
  readonly events: LedgerEventReader;
  readonly trust: Trust;
  readonly sign: SignEvidence;
  readonly peers: readonly GatewayPeer[];
  readonly alerts: Pick<AlertBook, 'raise'>;
  readonly msps: () => Promise<MspManager | undefined>;
  /** What the statements of a key are worth as the blocks before a height have it; nothing of one that was not revoked then. */
  readonly standings: (kid: string, height: number) => Promise<ReadonlyMap<string, Standing>>;
}

/** A gateway that was asked and did not sign, and why. */
export interface NotSigned {
  readonly organization: string;
  readonly reason: string;
}

/** A statement with every signature that could be had. */
export interface GatheredStatement extends SignedShipmentStatement {
  readonly notSigned: readonly NotSigned[];
}

/** What the index says of one consignment, whole; signed here, and by other gateways whose own index says the same. */
export class ShipmentStatements {
  readonly #parts: StatementParts;

  constructor(parts: StatementParts) {
    this.#parts = parts;
  }

  /** Of the ledger that statements are about: header hash of block 0, hex. */
  get genesisHash(): string {
    return this.#parts.trust.genesisHash;
  }

  /** The statement of a consignment as the blocks before a height have it. */
  async at(ucr: string, height: number): Promise<ShipmentStatement> {
    const { events, trust } = this.#parts;
    const { count, root, statements } = await events.ofConsignment(ucr, height);
    const { state, devices } = await this.records(ucr, height, statements);
    return {
      format: SHIPMENT_STATEMENT_FORMAT,
      network: trust.network,
      genesisHash: trust.genesisHash,
      height,
      ucr,
      events: count,
      root,
      state: recordsDigest(state),
      devices: recordsDigest(devices),
    };
  }

  /** The records that it speaks of; `statements` are the consignment's. */
  async records(ucr: string, height: number, statements: readonly SignedEvent[]): Promise<ShipmentRecords> {
    const { events, standings } = this.#parts;
    const named = await events.keysNaming(ucr, height);
    const kids = [...new Set(statements.map(({ kid }) => kid))];
    const judged = new Map<string, ReadonlyMap<string, Standing>>();
    for (const kid of kids) judged.set(kid, await standings(kid, height));
    return withLookups(
      (keys) => events.records(keys, height),
      undefined,
      (lookUp) => shipmentRecords(named, statements, lookUp, (kid) => judged.get(kid) ?? new Map()),
    );
  }

  /** The same with this organisation's signature and those of the gateways that agree. */
  async gather(ucr: string, height: number): Promise<GatheredStatement> {
    const { sign, peers } = this.#parts;
    const statement = await this.at(ucr, height);
    const own = await sign(shipmentStatementBytes(statement));
    const answers = await Promise.all(peers.map((peer) => this.#ask(peer, statement)));
    return {
      statement,
      signatures: [own, ...answers.flatMap((answer) => ('signature' in answer ? answer.signature : []))],
      notSigned: answers.flatMap((answer) => ('reason' in answer ? answer : [])),
    };
  }

  /** This organisation's signature under another's statement, where the own index says the very same; undefined where not. */
  async countersign(statement: ShipmentStatement): Promise<OrganisationSignature | undefined> {
    const bytes = shipmentStatementBytes(await this.at(statement.ucr, statement.height));
    if (Buffer.compare(bytes, shipmentStatementBytes(statement)) !== 0) return undefined;
    return this.#parts.sign(bytes);
  }

  async #ask(
    peer: GatewayPeer,
    statement: ShipmentStatement,
  ): Promise<{ readonly signature: OrganisationSignature } | NotSigned> {
    const { organization } = peer;
    try {
      const { equal, signature } = await peer.countersign(statement);
      if (!equal) {
        await this.#differs(organization, statement);
        return { organization, reason: 'its own index says something else of this consignment' };
      }
      const msps = await this.#parts.msps();
      const holds =
        signature !== undefined &&
        msps !== undefined &&
        checkShipmentStatement({ statement, signatures: [signature] }, msps).organisations.includes(
          peer.mspId,
        );
      return holds ? { signature } : { organization, reason: 'its signature does not hold' };
    } catch (error) {
      return { organization, reason: messageOf(error) };
    }
  }

  #differs(organization: string, statement: ShipmentStatement): Promise<void> {
    return this.#parts.alerts.raise({
      kind: 'shipment_statements_differ',
      block: Math.max(statement.height - 1, 0),
      organization,
      message: `the gateway of ${organization} does not say the same of ${statement.ucr} as this one`,
      ours: Buffer.from(JSON.stringify(statement)),
    });
  }
}
