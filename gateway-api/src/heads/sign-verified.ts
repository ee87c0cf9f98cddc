import { gatewayError } from '../errors.js';
import type { ChainReader } from '../index/chain-reader.js';
import type { SignEvidence } from './tree-heads.js';

/** The same signature, given only while every check has been made of all that the index holds. Throws `INDEX_NOT_VERIFIED`. */
export function signVerified(sign: SignEvidence, chain: Pick<ChainReader, 'head'>): SignEvidence {
  return async (bytes) => {
    const linkedTo = (await chain.head())?.linkedTo;
    if (linkedTo === undefined) return sign(bytes);
    const message = `of blocks 0 to ${String(linkedTo)}, hash, link and orderers alone were checked`;
    throw gatewayError('INDEX_NOT_VERIFIED', message, { details: { linkedTo } });
  };
}
