import { ownerOfId, parseKey } from '@passage/domain';
import type { StateKey, StateKind } from '@passage/domain';

import { consolidationProjections } from './project-consolidation.js';
import { customsProjections } from './project-customs.js';
import { handoverProjections } from './project-handover.js';
import { observationRows, statementsOf } from './project-statement.js';
import type { Devices } from './project-statement.js';
import { unitProjections } from './project-units.js';
import { sightRows } from './project-sight.js';
import { json } from './projection.js';
import { declarationProjections } from './project-declaration.js';
import { inspectionProjections } from './project-inspection.js';
import { riskProjections } from './project-risk.js';
import { disputeProjections } from './project-dispute.js';
import { openingRows } from './project-opening.js';
import { parameterProjections } from './project-parameters.js';
import { originProjections } from './project-origin.js';
import type { Project, Projection, Projections } from './projection.js';
import { readOnce } from './read-once.js';
import type { ReadStatement } from './read-once.js';
import { readRecord } from './read-record.js';
import { emptyRows } from './rows.js';
import type { BlockRows } from './rows.js';
import { gainedBy } from '../sight/viewers.js';
import type { Author } from '../sight/viewers.js';
import { VALID } from '../submission/commits.js';
import type { Origin, TransactionTable } from './tables/index.js';
import type { VerifiedBlock, VerifiedTransaction } from './verified-block.js';

/**
 * The rows that a verified block adds or changes: a pure function of the block, of the devices and of the ledger time before, so that a rebuild
 * gives the same rows. Rows follow the ledger's writes, never a peer's event. A record that cannot be read (colluding
 * endorsers can write anything) gives no row and hides no other.
 */
export function projectBlock(
  block: ProjectedBlock,
  devices: Devices,
  ledgerTimeBefore: string | null = null,
  read: ReadStatement = readOnce(),
): BlockRows {
  const rows = emptyRows();
  rows.block.push({
    number: block.number,
    header_hash: block.headerHash,
    previous_hash: block.previousHash,
    data_hash: block.dataHash,
    transactions: block.transactions.length,
    checks: JSON.stringify(block.checks),
    ledger_time: ledgerTimeOf(block, ledgerTimeBefore),
  });
  for (const transaction of block.transactions) {
    const origin = {
      block: block.number,
      position: transaction.position,
      transaction_id: transaction.transactionId,
    };
    const author = authorOf(transaction);
    rows.transaction.push(transactionRow(origin, transaction, author));
    const p = { origin, transaction, rows };
    for (const { key, value } of transaction.writes) {
      if (value !== undefined) projectWrite(key, value, p, author);
    }
    for (const { key, endorsers } of transaction.forged ?? []) {
      rows.forgery.push({ key, endorsers: JSON.stringify(endorsers), ...origin });
    }
    observationRows(p, devices, block.signedStatements, read);
    openingRows(origin, transaction, rows);
  }
  return rows;
}

/** What of a verified block gives rows. */
export type ProjectedBlock = Omit<VerifiedBlock, 'updates' | 'head'>;

/** The ledger time of a block: the highest timestamp of a valid transaction up to it. */
function ledgerTimeOf({ transactions }: ProjectedBlock, before: string | null): string | null {
  return transactions.reduce(
    (highest, { code, timestamp = null }) =>
      code === VALID && timestamp !== null && timestamp > (highest ?? '') ? timestamp : highest,
    before,
  );
}

function transactionRow(
  origin: Origin,
  { code, timestamp, creator, call }: VerifiedTransaction,
  { onBehalfOf }: Author,
): TransactionTable {
  return {
    ...origin,
    code,
    timestamp: timestamp ?? null,
    ...creatorColumns(creator),
    command: call?.command ?? null,
    on_behalf_of: onBehalfOf ?? null,
  };
}

function creatorColumns(
  creator: VerifiedTransaction['creator'],
): Pick<TransactionTable, 'msp_id' | 'party' | 'role' | 'key_held_by'> {
  return {
    msp_id: creator?.mspId ?? null,
    party: creator?.party ?? null,
    role: creator?.role ?? null,
    key_held_by: creator?.keyHeldBy ?? null,
  };
}

function authorOf({ creator, call }: VerifiedTransaction): Author {
  const onBehalfOf = call && mandatorIn(call.argument);
  return { ...creator, ...(onBehalfOf !== undefined && { onBehalfOf }) };
}

/** The party in the member `onBehalfOf` of an argument; the rules refuse the member where it does not belong. */
function mandatorIn(argument: string): string | undefined {
  try {
    const { onBehalfOf } = JSON.parse(argument) as { onBehalfOf?: { party?: unknown } };
    const party = onBehalfOf?.party;
    return typeof party === 'string' ? party : undefined;
  } catch {
    return undefined;
  }
}

function projectWrite(key: string, value: Uint8Array, p: Projection, author: Author): void {
  const parsed = parseKey(key);
  // Statements come with their signed bytes, which stand in the argument: see observationRows.
  if (!parsed || parsed.kind === 'statement') return;
  const record = readRecord(key as StateKey, value);
  if (record === undefined) return;
  const project = projections[parsed.kind] as Project<StateKind>;
  project(record, p, parsed.ids);
  p.rows.sight.push(...sightRows(gainedBy(parsed.kind, record, author), p.origin));
  if (!unremembered.has(parsed.kind)) {
    p.rows.history.push({ key, value: Buffer.from(value).toString('utf8'), ...p.origin });
  }
}

/** Kinds whose records never change, and which the index keeps whole elsewhere. */
const unremembered: ReadonlySet<StateKind> = new Set(['request']);

const projections: Projections<StateKind> = {
  ...originProjections,
  ...parameterProjections,
  ...declarationProjections,
  ...riskProjections,
  ...inspectionProjections,
  ...disputeProjections,
  ledger: () => undefined,
  statement: () => undefined,
  party: (r, { origin, rows }) => {
    rows.party.push({
      party_id: r.partyId,
      msp_id: r.mspId,
      name: r.name,
      roles: JSON.stringify(r.roles),
      registered_at: r.registeredAt,
      gln: r.identifiers?.gln ?? null,
      registration: json(r.identifiers?.registration),
      updated_at: r.updatedAt ?? null,
      ...origin,
    });
  },
  aeo: (r, { origin, rows }) => {
    rows.aeo.push({
      party_id: r.partyId,
      status: r.status,
      decided_by: r.decidedBy,
      decided_at: r.decidedAt,
      reason: r.reason,
      ...origin,
    });
  },
  mandate: (r, { origin, rows }) => {
    rows.mandate.push({
      mandator: r.mandator,
      mandatary: r.mandatary,
      mandate: r.mandate,
      scope: JSON.stringify(r.scope),
      ucr_prefix: r.ucrPrefix ?? null,
      until: r.until,
      granted_at: r.grantedAt,
      withdrawn_at: r.withdrawnAt ?? null,
      ...origin,
    });
  },
  naming: (r, { origin, rows }) => {
    rows.naming.push({
      ucr: r.ucr,
      party_id: r.partyId,
      role: r.role,
      named_by: r.namedBy,
      named_at: r.namedAt,
      ...origin,
    });
  },
  device: (r, { origin, rows }) => {
    rows.device.push({
      kid: r.kid,
      jwk: JSON.stringify(r.jwk),
      owner: r.owner,
      msp_id: r.mspId,
      kind: r.kind,
      place: r.place ?? null,
      status: r.status,
      registered_at: r.registeredAt,
      revoked_at: r.revokedAt ?? null,
      reason: r.reason ?? null,
      calibrated_until: r.calibratedUntil ?? null,
      calibration: json(r.calibration),
      signs_for: json(r.signsFor),
      suspension: json(r.suspension),
      epoch: json(r.epoch),
      predecessor: json(r.predecessor),
      successor: json(r.successor),
      compromise: json(r.compromise),
      ...origin,
    });
  },
  shipment: (r, { origin, rows }) => {
    rows.shipment.push({
      ucr: r.ucr,
      opener: r.opener,
      goods: JSON.stringify(r.goods),
      origin: r.origin,
      departure: r.departure,
      transport_mode: r.transportMode,
      importer: r.parties.importer,
      declarant: r.parties.declarant ?? null,
      seller: r.parties.seller ?? null,
      opened_at: r.openedAt,
      customs: r.customs ?? null,
      parents: json(r.parents),
      ...origin,
    });
    const { ucr, parents = [] } = r;
    const kind = parents.length > 1 ? 'merged' : 'split';
    rows.lineage.push(
      ...parents.map((input) => ({ input, output: ucr, kind, cause: ucr, ...origin }) as const),
    );
  },
  ...handoverProjections,
  ...unitProjections,
  ...consolidationProjections,
  ...customsProjections,
  equivocation: (r, { origin, rows, transaction }) => {
    rows.equivocation.push({
      kid: r.kid,
      seq: r.seq,
      statements: JSON.stringify(statementsOf(transaction.call?.argument ?? '')),
      filed_by: r.filedBy,
      filed_at: r.filedAt,
      ...origin,
    });
  },
  document: (r, { origin, rows }) => {
    rows.document.push({
      document: r.document,
      anchored_by: ownerOfId(r.document),
      type: r.type,
      issuer: r.issuer,
      number: r.number,
      ucr: r.ucr ?? null,
      version: r.version,
      sha256: r.sha256,
      anchored_at: r.anchoredAt,
      withdrawn_at: r.withdrawnAt ?? null,
      reason: r.reason ?? null,
      ...origin,
    });
  },
  anchor: (r, { origin, rows }) => {
    const { document, version, sha256, anchoredAt } = r;
    rows.anchor.push({ document, version, sha256, anchored_at: anchoredAt, ...origin });
  },
  request: (r, { origin, rows }, [who = '', requestId = '']) => {
    rows.request.push({ who, request_id: requestId, command: r.command, ...origin });
  },
};
