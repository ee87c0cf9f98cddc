import type { LedgerPoint } from '../device/ledger-point.js';
import type { KeyFact, StatementFact } from '../facts/facts.js';
import { comparePositions } from '../facts/ledger-position.js';

/** What judging a statement of a key needs of it. */
export type ChainedStatement = Pick<StatementFact, 'at' | 'ledgerTime' | 'statementId' | 'prev' | 'late'>;

/** What judging needs of the key. */
export type JudgedKey = Pick<KeyFact, 'compromise' | 'rotated'>;

/**
 * What a statement is worth after what became of its key. `clean`: signed while the key was its owner's alone, because a block
 * before the compromise holds it, or because a clean statement reaches it by `prev` (`reachedBy`, where that is the reason).
 * `tainted`: whoever had the key by then may have signed it, whatever date it bears. `unproven`: its owner filed it after the key
 * was revoked, and nothing clean reaches it.
 */
export type Standing =
  | { readonly standing: 'clean'; readonly reachedBy?: string }
  | { readonly standing: 'tainted' }
  | { readonly standing: 'unproven' };

/**
 * Judges every statement of one key (DESIGN: revocation reaches back, by blocks). What customs has not confirmed counts for
 * nothing.
 *
 * @param statements all that the ledger holds of the key, in any order; a statement whose successor is not among them cannot be
 *   reached.
 */
export function judgeKey(
  key: JudgedKey,
  statements: readonly ChainedStatement[],
): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  const byId = new Map(statements.map((statement) => [statement.statementId, statement]));
  const clean: string[] = [];
  const cleanse = (statementId: string, reachedBy?: string): void => {
    if (standings.has(statementId) || !byId.has(statementId)) return;
    standings.set(statementId, { standing: 'clean', ...(reachedBy !== undefined && { reachedBy }) });
    clean.push(statementId);
  };
  for (const { statementId } of [...statements].sort((a, b) => comparePositions(a.at, b.at)).filter(proven)) {
    cleanse(statementId);
  }
  const { rotated } = key;
  if (rotated?.last !== undefined && isClean(rotated)) cleanse(rotated.last);
  for (let id = clean.pop(); id !== undefined; id = clean.pop()) {
    const prev = byId.get(id)?.prev;
    if (prev !== undefined) cleanse(prev, id);
  }
  for (const { statementId, late } of statements) {
    if (!standings.has(statementId)) standings.set(statementId, { standing: late ? 'unproven' : 'tainted' });
  }
  return standings;

  function proven(statement: ChainedStatement): boolean {
    return !statement.late && isClean(statement);
  }

  function isClean(recorded: Pick<ChainedStatement, 'at' | 'ledgerTime'>): boolean {
    return key.compromise === undefined || liesBefore(recorded, key.compromise.since);
  }
}

/** Whether something was recorded before a point of the ledger: in an earlier block, or in one whose ledger time is earlier. */
export function liesBefore(
  recorded: Pick<ChainedStatement, 'at' | 'ledgerTime'>,
  point: LedgerPoint,
): boolean {
  return 'block' in point ? recorded.at.block < point.block : recorded.ledgerTime < Date.parse(point.time);
}
