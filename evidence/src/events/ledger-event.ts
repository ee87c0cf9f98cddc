import { utf8 } from '@passage/ledger';
import { recordsNaming } from './consignments-named.js';
import { recordedStatements } from './recorded-statements.js';
import type { UnverifiedStatement } from '@passage/domain';
import type { NamedIn } from './consignments-named.js';
import { leafHash } from '../tree/index.js';
import type { LedgerTransaction } from './ledger-transaction.js';

/** One event of the ledger: a statement that was recorded, or a command that was carried out. */
export interface LedgerEvent {
  /** statementId of a statement; `<transaction id>/0` of a command. */
  readonly id: string;
  readonly kind: 'statement' | 'command';
  /** Its place among the events of its transaction, from 0. */
  readonly index: number;
  /** UCRs of the consignments that it is about, each once, in no order that means anything. */
  readonly consignments: readonly string[];
  /** Thumbprint of the key that signed, of a statement. */
  readonly kid?: string;
  /** The compact JWS, of a statement. */
  readonly jws?: string;
}

/** What is known of a transaction beforehand. */
export interface KnownOf {
  /** What `recordsNaming` gives of it. */
  readonly naming?: readonly NamedIn[];
  /** Reads a statement as `readStatement` does, or remembers it. */
  readonly read?: (jws: string) => UnverifiedStatement;
}

const VALID = 0;

/** The one command that is nothing but the statements in it. */
const STATEMENTS_ALONE = 'RecordStatements';

/**
 * The events of a transaction, in order. An invalid one has none, and neither has one that wrote nothing under our chaincode:
 * it asked, or repeated what had been done. `RecordStatements` has the statements that it recorded, without those that the
 * ledger had before; any other transaction has one event for itself, and behind it the statements that it recorded, if any.
 *
 * @param known what the caller has found out of this very transaction, and needs not be found out again.
 */
export function eventsOf(transaction: LedgerTransaction, known: KnownOf = {}): readonly LedgerEvent[] {
  const { code, writes, forged = [], call, transactionId } = transaction;
  if (code !== VALID || writes.length + forged.length === 0) return [];
  const statements = recordedStatements(transaction, known.read);
  const naming = known.naming ?? recordsNaming(transaction);
  const named = statements.flatMap(({ consignments }) => consignments);
  const command = {
    id: `${transactionId}/0`,
    kind: 'command',
    consignments: [...new Set([...naming.map(({ ucr }) => ucr), ...named])],
  } as const;
  const isStatementsAlone = call?.command === STATEMENTS_ALONE;
  return [...(isStatementsAlone ? [] : [command]), ...statements].map((event, index) => ({
    ...event,
    index,
  }));
}

/** What stands in a tree for an event: the leaf over the UTF-8 bytes of its id. */
export function eventLeaf(id: string): Uint8Array {
  return leafHash(utf8(id));
}
