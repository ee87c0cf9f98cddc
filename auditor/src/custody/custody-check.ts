import { commands } from '@passage/domain';
import type { SignedStatements } from '@passage/domain';
import { HeaderType, endorsingOrganizations, readDefinition, TxValidationCode } from '@passage/ledger';
import { keeperOf } from './keeper.js';
import { judgeCustody } from './custody-rules.js';
import { ownGoods } from './own-goods.js';
import { recordedCall } from './recorded-call.js';
import { packageIn } from '../rerun/packages.js';
import type { ChannelConfig, StateReader, StateUpdate, TransactionVerdict } from '@passage/ledger';
import type { Finding } from '../findings.js';
import type { AuditDifference } from '../report.js';
import type { Breach, CustodyCheck } from './custody-rule.js';
import type { Kept, Lookup } from './record-view.js';

const actNames = new Set(commands.map(({ name }) => name));

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
  readonly #ownPackage: string | undefined;

  /**
   * @param state the world state, which has to be that before the block that is taken.
   * @param chaincode whose records are looked at.
   * @param ledger header hash of block 0, hex.
   * @param ownPackage SHA-256 of the package with the rules of this program, where it is known.
   */
  constructor(state: StateReader, chaincode: string, ledger: string, ownPackage?: string) {
    this.#state = state;
    this.#chaincode = chaincode;
    this.#ledger = ledger;
    this.#ownPackage = ownPackage;
  }

  /**
   * @param config the configuration by which the block was judged.
   * @param signed statements in the block whose signatures are known to be good.
   */
  take(
    block: number,
    verdicts: readonly TransactionVerdict[],
    config: ChannelConfig,
    signed: SignedStatements,
  ): CustodyOfBlock {
    const checks: Partial<Record<CustodyCheck, number>> = {};
    const differences: AuditDifference[] = [];
    const findings: Finding[] = [];
    const written = new Map<string, Kept | undefined>();
    const state: Lookup = (key) => (written.has(key) ? written.get(key) : this.#kept(key));
    for (const verdict of verdicts) {
      const call = this.#callOf(verdict, config);
      if (call === undefined) continue;
      const judged = judgeCustody(call, state, this.#ledger, signed);
      for (const [check, count] of Object.entries(judged.checks) as [CustodyCheck, number][])
        checks[check] = (checks[check] ?? 0) + count;
      const { index: transaction } = verdict;
      const signedBy = verdict.transaction ? endorsingOrganizations(verdict.transaction, config.msps) : [];
      const others = judged.breaches.some(isOutcome) ? this.#otherRules() : undefined;
      const breaches = judged.breaches.filter((breach) => others === undefined || !isOutcome(breach));
      differences.push(...breaches.map((breach) => ({ block, transaction, ...breach, signedBy })));
      const found = (kind: Finding['kind'], what: string): Finding => ({ block, transaction, kind, what });
      findings.push(...ownGoods(judged.transaction).map((what) => found('own-goods', what)));
      if (others !== undefined)
        findings.push(
          ...judged.breaches.filter(isOutcome).map((breach) => found('other-rules', unlike(breach, others))),
        );
      for (const { key, kept } of call.writes) written.set(key, kept);
    }
    return { checks, differences, findings };
  }

  #callOf(verdict: TransactionVerdict, config: ChannelConfig): ReturnType<typeof recordedCall> | undefined {
    const { code, type } = verdict;
    if (code !== TxValidationCode.VALID || type !== HeaderType.ENDORSER_TRANSACTION) return undefined;
    const ours = verdict.writes.filter(({ namespace }) => namespace === this.#chaincode);
    if (ours.length === 0 && verdict.chaincode !== this.#chaincode) return undefined;
    const writes = ours.map((update) => ({ key: update.key, ...keptBy(update) }));
    const call = recordedCall(verdict, this.#chaincode, writes, config);
    // Who only asks writes nothing; an act that left nothing may have had to leave something.
    return ours.length > 0 || actNames.has(call.act) ? call : undefined;
  }

  /** The version of the chaincode in force, where it names another package than that with the rules of this program. */
  #otherRules(): string | undefined {
    const version = readDefinition(this.#state, this.#chaincode)?.version ?? '';
    const named = packageIn(version);
    const others = this.#ownPackage !== undefined && named !== undefined && named !== this.#ownPackage;
    return others ? version : undefined;
  }

  #kept(key: string): Kept | undefined {
    const entry = this.#state.get(this.#chaincode, key);
    return entry && { value: entry.value, keeper: keeperOf(entry.metadata) };
  }
}

function isOutcome({ check }: { readonly check: CustodyCheck }): boolean {
  return check === 'outcome';
}

function unlike({ expected, found }: Breach, version: string): string {
  return `${expected} here, and by chaincode version ${version}, whose rules are others, ${found}`;
}

function keptBy({ value, metadata }: StateUpdate): { readonly kept?: Kept } {
  return value === undefined ? {} : { kept: { value, keeper: keeperOf(metadata) } };
}
