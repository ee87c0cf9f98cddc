import { bytes, embedded, int32, message, repeated } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';
import { Envelope } from './common.js';
import { Endorsement } from './proposal.js';

/** Verdict on a transaction, one byte each in the block's TRANSACTIONS_FILTER (peer/transaction.proto). */
export const TxValidationCode = {
  VALID: 0,
  NIL_ENVELOPE: 1,
  BAD_PAYLOAD: 2,
  BAD_COMMON_HEADER: 3,
  BAD_CREATOR_SIGNATURE: 4,
  INVALID_ENDORSER_TRANSACTION: 5,
  INVALID_CONFIG_TRANSACTION: 6,
  UNSUPPORTED_TX_PAYLOAD: 7,
  BAD_PROPOSAL_TXID: 8,
  DUPLICATE_TXID: 9,
  ENDORSEMENT_POLICY_FAILURE: 10,
  MVCC_READ_CONFLICT: 11,
  PHANTOM_READ_CONFLICT: 12,
  UNKNOWN_TX_TYPE: 13,
  TARGET_CHAIN_NOT_FOUND: 14,
  MARSHAL_TX_ERROR: 15,
  NIL_TXACTION: 16,
  EXPIRED_CHAINCODE: 17,
  CHAINCODE_VERSION_CONFLICT: 18,
  BAD_HEADER_EXTENSION: 19,
  BAD_CHANNEL_HEADER: 20,
  BAD_RESPONSE_PAYLOAD: 21,
  BAD_RWSET: 22,
  ILLEGAL_WRITESET: 23,
  INVALID_WRITESET: 24,
  INVALID_CHAINCODE: 25,
  NOT_VALIDATED: 254,
  INVALID_OTHER_REASON: 255,
} as const;

/** `header` is the signature header of the proposal, once more. */
export const TransactionAction = message(
  'protos.TransactionAction',
  {
    header: bytes(1),
    payload: bytes(2),
  },
  (next) => ({ header: next.bytes(1), payload: next.bytes(2) }),
);
export type TransactionAction = Decoded<typeof TransactionAction>;

export const Transaction = message(
  'protos.Transaction',
  {
    actions: repeated(embedded(1, TransactionAction)),
  },
  (next) => ({ actions: next.messages(1, TransactionAction) }),
);
export type Transaction = Decoded<typeof Transaction>;

export const ChaincodeEndorsedAction = message(
  'protos.ChaincodeEndorsedAction',
  {
    proposalResponsePayload: bytes(1),
    endorsements: repeated(embedded(2, Endorsement)),
  },
  (next) => ({ proposalResponsePayload: next.bytes(1), endorsements: next.messages(2, Endorsement) }),
);
export type ChaincodeEndorsedAction = Decoded<typeof ChaincodeEndorsedAction>;

export const ChaincodeActionPayload = message(
  'protos.ChaincodeActionPayload',
  {
    chaincodeProposalPayload: bytes(1),
    action: embedded(2, ChaincodeEndorsedAction),
  },
  (next) => {
    const chaincodeProposalPayload = next.bytes(1);
    const action = next.message(2, ChaincodeEndorsedAction);
    return action === undefined ? { chaincodeProposalPayload } : { chaincodeProposalPayload, action };
  },
);
export type ChaincodeActionPayload = Decoded<typeof ChaincodeActionPayload>;

export const ProcessedTransaction = message('protos.ProcessedTransaction', {
  transactionEnvelope: embedded(1, Envelope),
  validationCode: int32(2),
});
export type ProcessedTransaction = Decoded<typeof ProcessedTransaction>;
