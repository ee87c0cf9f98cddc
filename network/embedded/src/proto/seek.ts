import {
  bytes,
  decode,
  embedded,
  enumeration,
  message,
  oneOf,
  recover,
  string,
  uint64,
} from '@passage/ledger';
import type { Decoded } from '@passage/ledger';

/** orderer/ab.proto, the part about seeking blocks. */
const Empty = message('orderer.SeekPosition.Empty', {});

const SeekSpecified = message('orderer.SeekSpecified', { number: uint64(1) });

export type SeekPosition = Decoded<typeof SeekPosition>;
export const SeekPosition = message('orderer.SeekPosition', {
  ...oneOf('Type', {
    newest: embedded(1, Empty),
    oldest: embedded(2, Empty),
    /** A SeekSpecified, still encoded: see specifiedNumber. */
    specified: bytes(3),
    nextCommit: embedded(4, Empty),
  }),
});

/** Block number of a SeekSpecified. Clients say "for ever" with 2^64-1, which becomes Infinity here. */
export function specifiedNumber(specified: Uint8Array): number {
  return recover(
    () => decode(SeekSpecified, specified).number,
    (error) => {
      if (error.code === 'NUMBER_TOO_LARGE') return Infinity;
      throw error;
    },
  );
}

export const SeekBehavior = { BLOCK_UNTIL_READY: 0, FAIL_IF_NOT_READY: 1 } as const;
export const SeekContentType = { BLOCK: 0, HEADER_WITH_SIG: 1 } as const;

export type SeekInfo = Decoded<typeof SeekInfo>;
export const SeekInfo = message('orderer.SeekInfo', {
  start: embedded(1, SeekPosition),
  stop: embedded(2, SeekPosition),
  behavior: enumeration(3),
  errorResponse: enumeration(4),
  contentType: enumeration(5),
});

export const BroadcastResponse = message('orderer.BroadcastResponse', {
  status: enumeration(1),
  info: string(2),
});
