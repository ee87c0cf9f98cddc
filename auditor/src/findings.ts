import { isCustomsKey } from '@passage/domain';
import { HeaderType, keyPolicyIn, TxValidationCode } from '@passage/ledger';
import type { Identity, TransactionVerdict, VerifiedBlock } from '@passage/ledger';

/**
 * What is allowed, and unwelcome: no rule is broken, and somebody should look.
 * - expired-certificate: who sent or endorsed a transaction had a certificate that was over at the ledger's time
 * - open-customs-key: a key that only customs may change carries no policy that says so
 * - own-goods: an officer who released goods is a party to them, then or since
 */
export const FINDING_KINDS = ['expired-certificate', 'open-customs-key', 'own-goods'] as const;

export interface Finding {
  readonly block: number;
  readonly transaction: number;
  readonly kind: (typeof FINDING_KINDS)[number];
  /** What was found, in one sentence. */
  readonly what: string;
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
    return valid.flatMap((transaction) => {
      const found = (kind: Finding['kind'], what: string): Finding => ({
        block,
        transaction: transaction.index,
        kind,
        what,
      });
      return [
        ...this.#expired(transaction, (bytes) => head.config.msps.findIdentity(bytes)).map((what) =>
          found('expired-certificate', what),
        ),
        ...this.#openKeys(transaction).map((key) => found('open-customs-key', `${key} carries no policy`)),
      ];
    });
  }

  #expired(
    { creator, transaction }: TransactionVerdict,
    identify: (serialized: Uint8Array) => Identity | undefined,
  ): readonly string[] {
    const signers = [
      ['sender', creator] as const,
      ...(transaction?.endorsements ?? []).map(({ endorser }) => ['endorser', endorser] as const),
    ];
    return signers.flatMap(([role, serialized]) => {
      const identity = serialized && identify(serialized);
      if (identity === undefined || identity.certificate.notAfter >= this.ledgerTime) return [];
      const [end, now] = [identity.certificate.notAfter, this.ledgerTime].map(isoTime);
      return [
        `the certificate of the ${role} of ${identity.mspId} ended at ${end ?? ''}, it was ${now ?? ''}`,
      ];
    });
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
