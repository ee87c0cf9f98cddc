import { isCustomsKey } from '@passage/domain';
import { HeaderType, keyPolicyIn, TxValidationCode } from '@passage/ledger';
import type { ChannelConfig, TransactionVerdict, VerifiedBlock } from '@passage/ledger';

/**
 * What is allowed, and unwelcome: no rule is broken, and somebody should look.
 * - expired-certificate: who sent or endorsed a transaction, or ordered a block, had a certificate that was over at the ledger's time
 * - open-customs-key: a key that only customs may change carries no policy that says so
 * - own-goods: an officer who released goods is a party to them, then or since
 * - other-rules: a chaincode whose rules are not those of this program did otherwise than they would
 */
export const FINDING_KINDS = ['expired-certificate', 'open-customs-key', 'own-goods', 'other-rules'] as const;

export interface Finding {
  readonly block: number;
  /** Absent where it is about the block as a whole. */
  readonly transaction?: number;
  readonly kind: (typeof FINDING_KINDS)[number];
  /** What was found, in one sentence. */
  readonly what: string;
}

/** What nearly every transaction has: one list for all of them. */
const NOBODY: readonly string[] = [];

/** One sentence: where, what kind, and what. */
export function describeFinding({ block, transaction, kind, what }: Finding): string {
  const place = transaction === undefined ? '' : `, transaction ${String(transaction)}`;
  return `block ${String(block)}${place}: ${kind}: ${what}`;
}

/** Looks at the valid transactions of a chain, one block after another. */
export class FindingSeeker {
  readonly #chaincode: string;
  /** Ledger time of the last block, in seconds since 1970. */
  ledgerTime = 0;

  /** @param chaincode whose keys are customs' */
  constructor(chaincode: string) {
    this.#chaincode = chaincode;
  }

  take(block: number, { verdict, head }: VerifiedBlock): readonly Finding[] {
    const valid = verdict.transactions.filter(
      ({ code, type }) => code === TxValidationCode.VALID && type === HeaderType.ENDORSER_TRANSACTION,
    );
    // Ledger time of a block: the highest timestamp of a valid transaction up to it.
    this.ledgerTime = Math.max(this.ledgerTime, ...valid.map(({ timestamp }) => timestamp?.seconds ?? 0));
    const findings: Finding[] = [];
    for (const transaction of valid) {
      const found = (kind: Finding['kind'], what: string): void => {
        findings.push({ block, transaction: transaction.index, kind, what });
      };
      for (const what of this.#expired(transaction, head.config.msps)) found('expired-certificate', what);
      for (const key of this.#openKeys(transaction)) found('open-customs-key', `${key} carries no policy`);
    }
    return findings;
  }

  #expired({ creator, transaction }: TransactionVerdict, msps: ChannelConfig['msps']): readonly string[] {
    const over = (role: string, serialized: Uint8Array): readonly string[] => {
      const identity = msps.findIdentity(serialized);
      if (identity === undefined || identity.certificate.notAfter >= this.ledgerTime) return NOBODY;
      const [end, now] = [identity.certificate.notAfter, this.ledgerTime].map(isoTime);
      return [
        `the certificate of the ${role} of ${identity.mspId} ended at ${end ?? ''}, it was ${now ?? ''}`,
      ];
    };
    const found = creator === undefined ? NOBODY : over('sender', creator);
    return (transaction?.endorsements ?? []).reduce((all, { endorser }) => {
      const ended = over('endorser', endorser);
      return ended.length === 0 ? all : [...all, ...ended];
    }, found);
  }

  #openKeys({ writes }: TransactionVerdict): readonly string[] {
    return writes.flatMap(({ namespace, key, value, metadata }) => {
      if (namespace !== this.#chaincode || value === undefined || !isCustomsKey(key)) return [];
      return metadata !== undefined && keyPolicyIn(metadata) !== undefined ? [] : [key];
    });
  }
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
