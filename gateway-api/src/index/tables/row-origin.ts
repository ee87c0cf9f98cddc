/** Where a row comes from: the transaction's block, its place there, and its id. */
export interface Origin {
  block: number;
  position: number;
  transaction_id: string;
}
