import type { Ledger, Orderer } from '../network.js';

export interface BuiltTransaction {
  readonly txId: string;
  readonly envelope: Uint8Array;
}

/** Sends transactions of the network's own and resolves when all are committed as valid; anything else is a fault of ours. */
export async function orderAndWait(
  { ledger, orderer }: { readonly ledger: Ledger; readonly orderer: Orderer },
  transactions: readonly BuiltTransaction[],
): Promise<void> {
  const committed = whenCommitted(
    ledger,
    transactions.map(({ txId }) => txId),
  );
  for (const { envelope } of transactions) {
    const { status, info } = await orderer.broadcast(envelope);
    if (status !== 200)
      throw new Error(`the orderer refused a transaction of the network's own: ${status} ${info}`);
  }
  await committed;
  for (const { txId } of transactions) {
    const code = ledger.commitStatus(txId)?.code;
    if (code !== 0)
      throw new Error(`a transaction of the network's own is invalid: ${txId} has code ${String(code)}`);
  }
}

function whenCommitted(ledger: Ledger, txIds: readonly string[]): Promise<void> {
  const missing = new Set(txIds);
  return new Promise((resolve) => {
    const stop = ledger.onCommit((block) => {
      for (const txId of block.txIds) missing.delete(txId);
      if (missing.size > 0) return;
      stop();
      resolve();
    });
  });
}
