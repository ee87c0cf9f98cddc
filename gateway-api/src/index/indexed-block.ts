/** What the rest of the gateway learns of a block that was indexed. */
export interface IndexedBlock {
  readonly number: number;
  readonly headerHash: string;
  readonly transactions: readonly {
    readonly transactionId: string;
    readonly code: number;
    readonly position: number;
  }[];
  /** Statements that the block recorded. */
  readonly statementIds: readonly string[];
}
