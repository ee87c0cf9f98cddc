import {
  Block,
  BlockMetadataIndex,
  ChaincodeEvent,
  HeaderType,
  TxValidationCode,
  decode,
  encode,
  readEnvelope,
} from '@passage/ledger';

import type { FilteredBlock, FilteredTransaction } from '../proto/deliver.js';
import { transactionEvent } from './transaction-event.js';

/**
 * The short form of a block: ids, types and verdicts of its transactions, and their events without payload
 * (F:core/peer/deliverevents.go, toFilteredBlock). An envelope that cannot be read has no entry; it does not keep its
 * neighbours from being told.
 */
export function filterBlock(bytes: Uint8Array, channelId: string): FilteredBlock {
  const { header, data, metadata } = decode(Block, bytes);
  const codes = metadata?.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER];
  const filteredTransactions = (data?.data ?? []).flatMap((envelope, index) =>
    filterTransaction(envelope, codes?.[index] ?? TxValidationCode.NOT_VALIDATED),
  );
  return { channelId, number: header?.number ?? 0, filteredTransactions };
}

function filterTransaction(envelope: Uint8Array, validationCode: number): FilteredTransaction[] {
  const reading = readEnvelope(envelope);
  if (reading.channelHeader === undefined) return [];
  const { txId, type } = reading.channelHeader;
  if (type !== HeaderType.ENDORSER_TRANSACTION) return [{ txId, type, validationCode }];
  const event = transactionEvent(reading);
  const chaincodeActions = event === undefined ? [] : [{ chaincodeEvent: withoutPayload(event) }];
  return [{ txId, type, validationCode, transactionActions: { chaincodeActions } }];
}

function withoutPayload({ txId, chaincodeId, eventName }: ChaincodeEvent): Uint8Array {
  return encode(ChaincodeEvent, { txId, chaincodeId, eventName });
}
