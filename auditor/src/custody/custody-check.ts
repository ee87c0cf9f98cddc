import { HeaderType, endorsingOrganizations, TxValidationCode } from '@passage/ledger';
import { keeperOf } from './keeper.js';
import { judgeCustody } from './custody-rules.js';
import { ownGoods } from './own-goods.js';
import { recordedCall } from './recorded-call.js';
import type { ChannelConfig, StateReader, StateUpdate, TransactionVerdict } from '@passage/ledger';
import type { Finding } from '../findings.js';
import type { AuditDifference } from '../report.js';
import type { CustodyCheck } from './custody-rule.js';
import type { Kept, Lookup } from './record-view.js';

/** What came of judging the custody of one block. */
export interface CustodyOfBlock {
  readonly checks: Readonly<Partial<Record<CustodyCheck, number>>>;
  readonly differences: readonly AuditDifference[];
  readonly findings: readonly Finding[];
}

/**
 * Holds what the valid transactions of a chaincode wrote against the custody rules of the domain. It keeps nothing of its own
 * between blocks: all it needs stands in the world state.
 */
export class CustodyChecker {
  readonly #state: StateReader;
  readonly #chaincode: string;
  readonly #ledger: string;

  /**
   * @param state the world state, which has to be that before the block that is taken.
   * @param chaincode whose records are looked at.
   * @param ledger header hash of block 0, hex.
   */
  constructor(state: StateReader, chaincode: string, ledger: string) {
    this.#state = state;
    this.#chaincode = chaincode;
    this.#ledger = ledger;
  }

  /** @param config the configuration by which the block was judged. */
  take(block: number, verdicts: readonly TransactionVerdict[], config: ChannelConfig): CustodyOfBlock {
    const checks: Partial<Record<CustodyCheck, number>> = {};
    const differences: AuditDifference[] = [];
    const findings: Finding[] = [];
    const written = new Map<string, Kept | undefined>();
    const state: Lookup = (key) => (written.has(key) ? written.get(key) : this.#kept(key));
    for (const verdict of verdicts) {
      const call = this.#callOf(verdict, config);
      if (call === undefined) continue;
      const judged = judgeCustody(call, state, this.#ledger);
      for (const [check, count] of Object.entries(judged.checks) as [CustodyCheck, number][])
        checks[check] = (checks[check] ?? 0) + count;
      const { index: transaction } = verdict;
      const signedBy = verdict.transaction ? endorsingOrganizations(verdict.transaction, config.msps) : [];
      differences.push(...judged.breaches.map((breach) => ({ block, transaction, ...breach, signedBy })));
      findings.push(
        ...ownGoods(judged.transaction).map((what) => ({
          block,
          transaction,
          kind: 'own-goods' as const,
          what,
        })),
      );
      for (const { key, kept } of call.writes) written.set(key, kept);
    }
    return { checks, differences, findings };
  }

  #callOf(verdict: TransactionVerdict, config: ChannelConfig): ReturnType<typeof recordedCall> | undefined {
    const { code, type } = verdict;
    if (code !== TxValidationCode.VALID || type !== HeaderType.ENDORSER_TRANSACTION) return undefined;
    const ours = verdict.writes.filter(({ namespace }) => namespace === this.#chaincode);
    if (ours.length === 0) return undefined;
    const writes = ours.map((update) => ({ key: update.key, ...keptBy(update) }));
    return recordedCall(verdict, this.#chaincode, writes, config);
  }

  #kept(key: string): Kept | undefined {
    const entry = this.#state.get(this.#chaincode, key);
    return entry && { value: entry.value, keeper: keeperOf(entry.metadata) };
  }
}

function keptBy({ value, metadata }: StateUpdate): { readonly kept?: Kept } {
  return value === undefined ? {} : { kept: { value, keeper: keeperOf(metadata) } };
}
