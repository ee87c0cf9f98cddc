import { TxValidationCode, decodeUtf8, readInvocation, recover } from '@passage/ledger';
import type { TransactionVerdict } from '@passage/ledger';

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

/** The transaction of a verdict of `ledger`. `chaincode` is the name under which ours is defined. */
export function ledgerTransaction(verdict: TransactionVerdict, chaincode: string): LedgerTransaction {
  const { txId: transactionId, code, writes } = verdict;
  const call =
    code === TxValidationCode.VALID && verdict.chaincode === chaincode ? callOf(verdict) : undefined;
  return {
    transactionId,
    code,
    ...(call && { call }),
    writes: writes
      .filter(({ namespace }) => namespace === chaincode)
      .map(({ key, value }) => ({ key, ...(value !== undefined && { value }) })),
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
