import { bytes, embedded, enumeration, message, repeated, string } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';

export const CollectionHashedReadWriteSet = message(
  'rwset.CollectionHashedReadWriteSet',
  {
    collectionName: string(1),
    hashedRwset: bytes(2),
    pvtRwsetHash: bytes(3),
  },
  (next) => ({
    collectionName: next.string(1),
    hashedRwset: next.bytes(2),
    pvtRwsetHash: next.bytes(3),
  }),
);
export type CollectionHashedReadWriteSet = Decoded<typeof CollectionHashedReadWriteSet>;

export const NsReadWriteSet = message(
  'rwset.NsReadWriteSet',
  {
    namespace: string(1),
    rwset: bytes(2),
    collectionHashedRwset: repeated(embedded(3, CollectionHashedReadWriteSet)),
  },
  (next) => ({
    namespace: next.string(1),
    rwset: next.bytes(2),
    collectionHashedRwset: next.messages(3, CollectionHashedReadWriteSet),
  }),
);
export type NsReadWriteSet = Decoded<typeof NsReadWriteSet>;

/** Data model 0 is the only one there is: key and value. */
export const TxReadWriteSet = message(
  'rwset.TxReadWriteSet',
  {
    dataModel: enumeration(1),
    nsRwset: repeated(embedded(2, NsReadWriteSet)),
  },
  (next) => ({ dataModel: next.integer(1), nsRwset: next.messages(2, NsReadWriteSet) }),
);
export type TxReadWriteSet = Decoded<typeof TxReadWriteSet>;

export const CollectionPvtReadWriteSet = message('rwset.CollectionPvtReadWriteSet', {
  collectionName: string(1),
  rwset: bytes(2),
});
export type CollectionPvtReadWriteSet = Decoded<typeof CollectionPvtReadWriteSet>;

export const NsPvtReadWriteSet = message('rwset.NsPvtReadWriteSet', {
  namespace: string(1),
  collectionPvtRwset: repeated(embedded(2, CollectionPvtReadWriteSet)),
});
export type NsPvtReadWriteSet = Decoded<typeof NsPvtReadWriteSet>;

export const TxPvtReadWriteSet = message('rwset.TxPvtReadWriteSet', {
  dataModel: enumeration(1),
  nsPvtRwset: repeated(embedded(2, NsPvtReadWriteSet)),
});
export type TxPvtReadWriteSet = Decoded<typeof TxPvtReadWriteSet>;
