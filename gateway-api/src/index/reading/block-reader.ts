import { eventLeaf } from '@passage/evidence';
import { headerHash, LedgerError, readBlockByFlags, readClaims, toHex } from '@passage/ledger';
import type { ChainHead, RawBlock } from '@passage/ledger';

import { transactionOf } from '../ledger-transaction.js';
import { projectBlock } from '../project.js';
import { ledgerEventRows } from '../project-events.js';
import type { Devices } from '../project-statement.js';
import { readOnce } from '../read-once.js';
import { rowPacker } from './packed-rows.js';
import type { TableColumns } from './packed-rows.js';
import { packUpdates } from './packed-updates.js';
import type { BlockReading, Sighting } from './block-reading.js';
import { needNoState, readUpdates, StateNeeded, unknownState } from './unknown-state.js';

/** The configuration that blocks are read by: who signs for customs follows from it. */
export type ReadBy = Pick<ChainHead, 'config' | 'configBlock'>;

/** Reads blocks; undefined for one that says something only together with the state before it, or cannot be read so. */
export type ReadBlock = (block: RawBlock, by: ReadBy) => BlockReading | undefined;

/** @param columns of the tables that rows are packed for. */
export function blockReader(chaincode: string, columns: TableColumns): ReadBlock {
  const pack = rowPacker(columns);
  return (block, { config, configBlock }) => {
    const { header, envelopes } = block;
    const flags = readClaims(block).flags ?? new Uint8Array();
    if (flags.length !== envelopes.length) return undefined;
    try {
      const { transactions, updates } = readBlockByFlags(block, flags, config, unknownState);
      for (const { writes } of transactions) needNoState(writes);
      const verified = {
        number: header.number,
        headerHash: toHex(headerHash(header)),
        previousHash: toHex(header.previousHash),
        dataHash: toHex(header.dataHash),
        checks: [],
        transactions: transactions.map((each) => transactionOf(each, chaincode, config.msps)),
        signedStatements: 'believed',
      } as const;
      const read = readOnce();
      const rows = projectBlock(verified, anyDevice, null, read);
      ledgerEventRows(verified, 0, rows, read);
      const leaves = rows.ledger_event.map(({ event_id }) => eventLeaf(event_id));
      return {
        configBlock,
        transactionIds: verified.transactions.map(({ transactionId }) => transactionId),
        codes: flags,
        ledgerTime: rows.block[0]?.ledger_time ?? null,
        statementIds: rows.statement.map(({ statement_id }) => statement_id),
        sightings: sightingsIn(rows.event),
        kids: [...new Set(rows.statement.map(({ kid }) => kid))],
        sight: rows.sight,
        leaves: Buffer.concat(leaves),
        rows: pack(rows),
        updates: packUpdates(readUpdates(updates)),
      };
    } catch (error) {
      if (error instanceof StateNeeded || error instanceof LedgerError) return undefined;
      throw error;
    }
  };
}

/** A device that stands nowhere: where the real ones do is known to whoever has the state. */
const anyDevice: Devices = () => ({ jwk: { kty: 'OKP', crv: 'Ed25519', x: '' }, mspId: '' });

function sightingsIn(
  events: readonly { readonly kid: string | null; readonly ucr: string; readonly position: number }[],
): readonly Sighting[] {
  const first = new Map<string, Sighting>();
  for (const { kid, ucr, position } of events) {
    if (kid === null) continue;
    const name = `${kid} ${ucr}`;
    if (!first.has(name)) first.set(name, { kid, ucr, position });
  }
  return [...first.values()];
}
