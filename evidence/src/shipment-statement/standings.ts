import { utf8 } from '@passage/ledger';
import type { Standing } from '@passage/domain';
import type { StateRecord } from './state-record.js';

/** A statement of a consignment, and the key that signed it. */
export interface SignedEvent {
  readonly id: string;
  readonly kid: string;
}

/** What each statement of a key is worth (`judgeKey`); every other one is clean. */
export type StandingsOf = (kid: string) => ReadonlyMap<string, Standing>;

const STATEMENT_ID = 'ni:///sha-256;';

/** Under which key the records of a shipment statement tell what a statement is worth. The ledger has no such key: it is computed. */
export function standingKey(statementId: string): string {
  return `standing/${statementId.slice(STATEMENT_ID.length)}`;
}

/**
 * What became of the statements of keys that were revoked, for those who have the whole ledger to say: a key's other statements, of
 * other consignments too, can clear one of this (docs/alerts.md).
 */
export function standingRecords(
  statements: readonly SignedEvent[],
  isRevoked: (kid: string) => boolean,
  standingsOf: StandingsOf,
): readonly StateRecord[] {
  return statements
    .filter(({ kid }) => isRevoked(kid))
    .map(({ id, kid }) => {
      const standing = standingsOf(kid).get(id) ?? { standing: 'clean' };
      const reachedBy = 'reachedBy' in standing ? standing.reachedBy : undefined;
      const said = { standing: standing.standing, ...(reachedBy !== undefined && { reachedBy }) };
      return { key: standingKey(id), value: utf8(JSON.stringify(said)) };
    });
}
