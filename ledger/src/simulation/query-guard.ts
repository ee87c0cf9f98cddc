/**
 * Keeps queries whose results nobody checks at commit out of writing transactions: pages and private ranges
 * (F:core/ledger/kvledger/txmgmt/txmgr/tx_simulator.go). The sentences are Fabric's, their spelling included.
 */
export class QueryGuard {
  readonly #txId: string;
  #hasWritten = false;
  #hasPaged = false;
  #hasQueriedPrivate = false;

  constructor(txId: string) {
    this.#txId = txId;
  }

  /** @throws Error if one of these queries came before */
  beforeWrite(): void {
    if (this.#hasQueriedPrivate) {
      throw this.#unsupported(
        'Transaction has already performed queries on pvt data. Writes are not allowed',
      );
    }
    if (this.#hasPaged) {
      throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed');
    }
    this.#hasWritten = true;
  }

  /** @throws Error if the transaction has written */
  beforePage(): void {
    if (this.#hasWritten) {
      throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
    }
    this.#hasPaged = true;
  }

  /** @throws Error if the transaction has written */
  beforePrivateQuery(): void {
    if (this.#hasWritten) {
      throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction');
    }
    this.#hasQueriedPrivate = true;
  }

  #unsupported(why: string): Error {
    return new Error(`txid [${this.#txId}]: unsuppored transaction. ${why}`);
  }
}
