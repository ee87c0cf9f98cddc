import {
  TxPvtReadWriteSet,
  bytes,
  embedded,
  enumeration,
  map,
  message,
  oneOf,
  repeated,
  string,
  uint64,
} from '@passage/ledger';
import type { Decoded } from '@passage/ledger';

/** peer/events.proto. */
const FilteredChaincodeAction = message('protos.FilteredChaincodeAction', {
  /** A ChaincodeEvent without its payload, encoded. */
  chaincodeEvent: bytes(1),
});

const FilteredTransactionActions = message('protos.FilteredTransactionActions', {
  chaincodeActions: repeated(embedded(1, FilteredChaincodeAction)),
});

export type FilteredTransaction = Decoded<typeof FilteredTransaction>;
export const FilteredTransaction = message('protos.FilteredTransaction', {
  txId: string(1),
  type: enumeration(2),
  validationCode: enumeration(3),
  transactionActions: embedded(4, FilteredTransactionActions),
});

export type FilteredBlock = Decoded<typeof FilteredBlock>;
export const FilteredBlock = message('protos.FilteredBlock', {
  channelId: string(1),
  number: uint64(2),
  filteredTransactions: repeated(embedded(4, FilteredTransaction)),
});

export const BlockAndPrivateData = message('protos.BlockAndPrivateData', {
  block: bytes(1),
  /** By position of the transaction in the block. */
  privateDataMap: map(2, uint64, (number) => embedded(number, TxPvtReadWriteSet)),
});

/**
 * Answer of the peer's Deliver methods; an orderer's answers are the first two members of the same oneof. Blocks are the
 * stored bytes.
 */
export const DeliverResponse = message('protos.DeliverResponse', {
  ...oneOf('Type', {
    status: enumeration(1),
    block: bytes(2),
    filteredBlock: embedded(3, FilteredBlock),
    blockAndPrivateData: embedded(4, BlockAndPrivateData),
  }),
});
