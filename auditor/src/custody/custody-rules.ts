import { acts } from './rules/acts.js';
import { custody } from './rules/custody.js';
import { decisions } from './rules/decisions.js';
import { deviceKeys } from './rules/devices.js';
import { goods } from './rules/goods.js';
import { holds } from './rules/holds.js';
import { heldGoods } from './rules/held-goods.js';
import { keyPolicies } from './rules/key-policies.js';
import { lots } from './rules/lots.js';
import { outcomes } from './rules/outcomes.js';
import { riskScores } from './rules/risk-scores.js';
import { sequences, signatures } from './rules/statements.js';
import { standingOf } from './actor.js';
import { readTransaction } from './custody-transaction.js';
import type { Breach, CustodyCheck, CustodyRule } from './custody-rule.js';
import type { CustodyTransaction } from './custody-transaction.js';
import type { RecordedCall } from './recorded-call.js';
import type { SignedStatements } from '@passage/domain';
import type { Lookup } from './record-view.js';

/** All rules over the history, those first that others build on; last the one that says least of what is wrong. */
const rules: readonly CustodyRule[] = [
  acts,
  deviceKeys,
  signatures,
  sequences,
  custody,
  decisions,
  holds,
  heldGoods,
  goods,
  lots,
  keyPolicies,
  riskScores,
  outcomes,
];

/** What came of judging one transaction. */
export interface CustodyJudgement {
  readonly transaction: CustodyTransaction;
  /** How many things each check has looked at. */
  readonly checks: Readonly<Partial<Record<CustodyCheck, number>>>;
  readonly breaches: readonly (Breach & { readonly check: CustodyCheck })[];
}

/**
 * Judges what a transaction wrote by the rules of the domain, from the records before and after it: no chaincode runs, and
 * nothing that it answered is believed.
 *
 * @param state the world state before the transaction.
 * @param ledger header hash of block 0, hex.
 * @param signed statements whose signatures are known to be good; none if nothing is said.
 */
export function judgeCustody(
  call: RecordedCall,
  state: Lookup,
  ledger: string,
  signed: SignedStatements = new Set(),
): CustodyJudgement {
  const read = readTransaction(call, state, ledger, signed);
  const standing = standingOf(read);
  const transaction =
    'breach' in standing || standing.actor === undefined ? read : { ...read, actor: standing.actor };
  const checks: Partial<Record<CustodyCheck, number>> = {};
  const breaches = rules.flatMap(({ check, look }) => {
    const looked = look(transaction);
    if (looked.length > 0) checks[check] = (checks[check] ?? 0) + looked.length;
    return looked.flatMap((breach) => (breach === undefined ? [] : [{ check, ...breach }]));
  });
  return { transaction, checks, breaches };
}
