import type { KeyFact, StatementFact } from '../facts.js';

export const HOUR = 3_600_000;
/** 2026-01-01T00:00:00.000Z: the ledger time of block 0 in these facts; each block is an hour later. */
export const START = Date.UTC(2026, 0, 1);

export const CONTAINER = 'urn:epc:id:bic:CSQU3054383';
export const UCR = '6KRIMPORTER1-DECL1';

export const BUSAN = { unlocode: 'KRPUS', point: { latitude: 35.1, longitude: 129.04 } };
export const SHANGHAI = { unlocode: 'CNSHA', point: { latitude: 31.2, longitude: 121.5 } };

/** The ledger time of a block. */
export function timeOf(block: number): number {
  return START + block * HOUR;
}

/** A statement of a carrier's device in a block; it names the one before, and what it saw when the block was made. */
export function fact(seq: number, block: number, changes: Partial<StatementFact> = {}): StatementFact {
  const kid = changes.kid ?? 'key';
  return {
    at: { block, position: 0, item: 0 },
    ledgerTime: timeOf(block),
    statementId: `${kid}/${String(seq)}`,
    kid,
    seq,
    ...(seq > 1 && { prev: `${kid}/${String(seq - 1)}` }),
    owner: 'CARRIER1',
    mspId: 'BusinessMSP',
    late: false,
    eventTime: timeOf(block),
    things: [CONTAINER],
    consignments: [UCR],
    where: BUSAN,
    ...changes,
  };
}

export function keyFact(changes: Partial<KeyFact> = {}): KeyFact {
  return { kid: 'key', kind: 'gps_eseal', epochs: [], calibrations: [], equivocations: [], ...changes };
}

/** A key that was revoked in a block, and with customs' word compromised since another. */
export function compromised(since: number, revoked: number): KeyFact {
  const at = { block: revoked, position: 0, item: 0 };
  const compromise = { since: { block: since }, confirmed: { ...at, block: revoked + 1 } };
  return keyFact({ revoked: at, compromise });
}
