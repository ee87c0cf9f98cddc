import { isForged } from '@passage/domain';
import {
  TxValidationCode,
  decodeUtf8,
  endorsingOrganizations,
  readInvocation,
  recover,
} from '@passage/ledger';
import type { MspManager, TransactionVerdict } from '@passage/ledger';

/** A judged transaction, as far as its events follow from it. */
export interface LedgerTransaction {
  readonly transactionId: string;
  /** peer.TxValidationCode, recomputed; 0 is valid. */
  readonly code: number;
  /** Function and JSON argument, where it called our chaincode. */
  readonly call?: { readonly command: string; readonly argument: string };
  /** Its public writes under our chaincode in the order in which they stand there; without a value, it deleted the key. */
  readonly writes: readonly { readonly key: string; readonly value?: Uint8Array }[];
  /** Writes that who reads the ledger does not believe, and so keeps apart (customs' word without customs). */
  readonly forged?: readonly { readonly key: string }[];
}

/**
 * The transaction of a verdict of `ledger`.
 *
 * @param chaincode the name under which ours is defined
 * @param msps those by which it was judged; undefined in block 0
 */
export function ledgerTransaction(
  verdict: TransactionVerdict,
  chaincode: string,
  msps: MspManager | undefined,
): LedgerTransaction {
  const { txId: transactionId, code } = verdict;
  const call =
    code === TxValidationCode.VALID && verdict.chaincode === chaincode ? callOf(verdict) : undefined;
  return {
    transactionId,
    code,
    ...(call && { call }),
    ...genuineAndForged(verdict, chaincode, msps),
  };
}

/** What it wrote under our chaincode, apart from what it had no right to say: customs' word without customs' endorsement. */
function genuineAndForged(
  { transaction, writes }: TransactionVerdict,
  chaincode: string,
  msps: MspManager | undefined,
): Pick<LedgerTransaction, 'writes' | 'forged'> {
  const ours = writes
    .filter(({ namespace }) => namespace === chaincode)
    .map(({ key, value }) => ({ key, ...(value !== undefined && { value }) }));
  if (!ours.some(({ key, value }) => value && isForged(key, value, []))) return { writes: ours };
  const endorsers = transaction && msps ? endorsingOrganizations(transaction, msps) : [];
  const forged = ours.filter(({ key, value }) => value && isForged(key, value, endorsers));
  return {
    writes: ours.filter((write) => !forged.includes(write)),
    forged: forged.map(({ key }) => ({ key })),
  };
}

/** Undefined where the arguments are no two texts: the shim would have refused them. */
function callOf({ transaction }: TransactionVerdict): LedgerTransaction['call'] {
  if (transaction === undefined) return undefined;
  return recover(
    () => {
      const [command, argument = new Uint8Array()] = readInvocation(transaction.visiblePayload).input.args;
      const [name, json] = [command && decodeUtf8(command), decodeUtf8(argument)];
      return name === undefined || json === undefined ? undefined : { command: name, argument: json };
    },
    () => undefined,
  );
}
