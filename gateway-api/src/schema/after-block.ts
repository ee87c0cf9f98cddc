import { gatewayError } from '../errors.js';

/** The header by which a request says that it rests on a block. */
export const AFTER_BLOCK = 'passage-after-block';

/** The block that a request is to wait for; undefined where it says nothing. Throws `BAD_ARGUMENT`. */
export function afterBlock(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get(AFTER_BLOCK);
  if (value === null) return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw gatewayError('BAD_ARGUMENT', 'the header Passage-After-Block holds no block number', {
    next: 'Give the number as digits: the `block` of a receipt or of a verification.',
    status: 400,
  });
}
