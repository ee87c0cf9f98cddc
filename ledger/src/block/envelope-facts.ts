import { HeaderType } from '../proto/common.js';
import { isCanonicalEnvelope } from './canonical-envelope.js';
import { readEnvelope } from './envelope.js';
import { dataHash } from './hashes.js';

/** What hashing a block's envelopes comes to. It holds for those very bytes. */
export interface EnvelopeFacts {
  /** How many envelopes there are. */
  readonly transactions: number;
  /** Whether the first of them says that it brings a configuration. */
  readonly startsWithConfig: boolean;
  /** Hash over the envelopes. */
  readonly dataHash: Uint8Array;
  /** Index of the first envelope that is not as protobuf writes it; -1 if all are. */
  readonly misshapen: number;
}

/** Never throws: what cannot be read is left to whoever judges the block. */
export function envelopeFacts(envelopes: readonly Uint8Array[]): EnvelopeFacts {
  return {
    transactions: envelopes.length,
    startsWithConfig: startsWithConfig(envelopes),
    dataHash: dataHash(envelopes),
    misshapen: envelopes.findIndex((bytes) => !isCanonicalEnvelope(bytes)),
  };
}

function startsWithConfig([first]: readonly Uint8Array[]): boolean {
  return first !== undefined && readEnvelope(first).channelHeader?.type === HeaderType.CONFIG;
}
