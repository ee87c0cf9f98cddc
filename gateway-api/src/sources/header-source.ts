import type { SignedHeader } from './signed-header.js';

/** One organisation's peer, asked for headers. Nothing that it says is believed before it is compared. */
export interface HeaderSource {
  readonly organization: string;
  /** A block's signed header; of the newest block that it has unless a number is given. Rejects where it cannot be had. */
  header(number?: number): Promise<SignedHeader>;
}
