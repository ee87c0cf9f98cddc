import { gatewayError } from '../errors.js';
import type { IndexReader } from '../index/reader.js';
import type { Services } from './recorded.js';

/** A moment that is asked for: a block, or a time by the ledger's clock; without either, now. */
export interface Moment {
  readonly atBlock?: number | null;
  readonly at?: string | null;
}

/**
 * The newest block of a moment, as far as the reader knows the ledger; -1 before the first. Throws `BAD_ARGUMENT` for two moments, or
 * for a block that the index does not have.
 */
export async function blockOf({ chain }: IndexReader, { atBlock, at }: Moment): Promise<number> {
  const head = (await chain.head())?.number ?? -1;
  if (typeof atBlock === 'number' && typeof at === 'string') {
    throw gatewayError('BAD_ARGUMENT', '`atBlock` and `at` are two ways to say when', {
      next: 'Give one of them.',
    });
  }
  if (typeof at === 'string') return chain.newestBlockAt(new Date(at).toISOString());
  if (typeof atBlock !== 'number') return head;
  if (atBlock <= head) return atBlock;
  throw gatewayError('BAD_ARGUMENT', `the index ends with block ${String(head)}, before ${String(atBlock)}`, {
    next: 'Ask for a block that it has, or wait.',
  });
}

/** The ledger's time at the block up to which an answer holds, in milliseconds: what ages are counted to. */
export async function answersTime({
  reader,
  asOfBlock,
}: Pick<Services, 'reader' | 'asOfBlock'>): Promise<number> {
  const time = (await reader.chain.block(asOfBlock))?.ledger_time;
  return typeof time === 'string' ? Date.parse(time) : 0;
}

/** Whole seconds from a time that the ledger wrote to another; never below 0. */
export function secondsBetween(from: string, to: number): number {
  return Math.max(0, Math.round((to - Date.parse(from)) / 1000));
}
