import { checkSignature, organisationsIn, signedText } from '../signing/index.js';
import type { MspManager } from '@passage/ledger';
import type { Network } from '../head/index.js';
import type { OrganisationSignature, SignatureVerdict } from '../signing/index.js';

/** The version of the format. */
export const SHIPMENT_STATEMENT_FORMAT = 'passage-shipment-statement-1';

/** How many organisations must sign before it proves that nothing was left out. */
export const STATEMENT_QUORUM = 2;

/** What organisations say of one consignment: its events up to a height, all of them, and what they left behind. */
export interface ShipmentStatement {
  readonly format: typeof SHIPMENT_STATEMENT_FORMAT;
  readonly network: Network;
  /** Header hash of block 0: 64 lower-case hex digits. */
  readonly genesisHash: string;
  /** LedgerHeight: it speaks of blocks 0 to height − 1. */
  readonly height: number;
  readonly ucr: string;
  /** How many events concern the consignment (`LedgerEvent.consignments`). */
  readonly events: number;
  /** RFC 9162 root over `eventLeaf` of their ids, in the order of (block, transaction, index): 64 lower-case hex digits. */
  readonly root: string;
  /** `recordsDigest` of the consignment's records, and of the parties' that they name: 64 lower-case hex digits. */
  readonly state: string;
  /** `recordsDigest` of the records of every key that signed one of the statements, and of what those of revoked keys are worth: 64 lower-case hex digits. */
  readonly devices: string;
}

/** A statement with the organisations that stand by it. */
export interface SignedShipmentStatement {
  readonly statement: ShipmentStatement;
  readonly signatures: readonly OrganisationSignature[];
}

/** The bytes that are signed: see `signedText`. */
export function shipmentStatementBytes(statement: ShipmentStatement): Uint8Array {
  const { format, network, genesisHash, height, ucr, events, root, state, devices } = statement;
  return signedText(format, [
    ['network', network],
    ['genesis', genesisHash],
    ['height', height],
    ['ucr', ucr],
    ['events', events],
    ['root', root],
    ['state', state],
    ['devices', devices],
  ]);
}

/** What the signatures under a statement are worth. */
export interface StatementSignatures {
  readonly verdicts: readonly SignatureVerdict[];
  /** MSP ids of those whose signature holds, each once, sorted. */
  readonly organisations: readonly string[];
  /** Whether two different organisations signed. */
  readonly isProof: boolean;
}

/** @param msps those of the channel's configuration in force behind block `height − 1` */
export function checkShipmentStatement(
  { statement, signatures }: SignedShipmentStatement,
  msps: MspManager,
): StatementSignatures {
  const bytes = shipmentStatementBytes(statement);
  const verdicts = signatures.map((signature) => checkSignature(bytes, signature, msps));
  const organisations = organisationsIn(verdicts);
  return { verdicts, organisations, isProof: organisations.length >= STATEMENT_QUORUM };
}
