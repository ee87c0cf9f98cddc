import { TxValidationCode } from '../proto/index.js';

/**
 * What is checked of every block, by the names that answers and reports use everywhere:
 * - data-hash: the header's hash over the block's own transactions
 * - chain-link: number and hash of the block before
 * - orderer-quorum: signatures of enough orderers of the configuration in force
 * - form: every envelope reads as what it claims to be, with its own id, used once
 * - creator-signature: the submitter's certificate and signature
 * - endorsement-policy: endorsements against the policies of chaincodes, collections and keys
 * - versions: what a transaction read was still so when it was ordered
 * - commit-hash: the flags and the whole state history, hashed as peers do
 * - state: the state that follows, where there is one to compare with
 */
export const CHECKS = [
  'data-hash',
  'chain-link',
  'orderer-quorum',
  'form',
  'creator-signature',
  'endorsement-policy',
  'versions',
  'commit-hash',
  'state',
] as const;

export type Check = (typeof CHECKS)[number];

/** Where a block is not what it should be. */
export interface Difference {
  readonly block: number;
  /** Index of the transaction, where the difference is in one. */
  readonly transaction?: number;
  readonly check: Check;
  readonly expected: string;
  readonly found: string;
  /** The orderers whose good signatures the block carries. */
  readonly signedBy?: readonly string[];
}

const CHECK_OF_CODE = new Map<number, Check>([
  [TxValidationCode.BAD_CREATOR_SIGNATURE, 'creator-signature'],
  [TxValidationCode.ENDORSEMENT_POLICY_FAILURE, 'endorsement-policy'],
  [TxValidationCode.MVCC_READ_CONFLICT, 'versions'],
  [TxValidationCode.PHANTOM_READ_CONFLICT, 'versions'],
]);

/** The check that a transaction fails by getting this code; undefined for a valid one. */
export function checkOfCode(code: number): Check | undefined {
  return code === TxValidationCode.VALID ? undefined : (CHECK_OF_CODE.get(code) ?? 'form');
}

/** A difference in one sentence; who checks more than Fabric's rules brings checks of other names. */
export function describeDifference({
  block,
  transaction,
  check,
  expected,
  found,
}: Omit<Difference, 'check'> & { readonly check: string }): string {
  const place = transaction === undefined ? `block ${block}` : `block ${block}, transaction ${transaction}`;
  return `${place}: ${check}: expected ${expected}, found ${found}`;
}
