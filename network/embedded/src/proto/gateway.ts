import {
  bytes,
  embedded,
  enumeration,
  message,
  repeated,
  SignedProposal,
  string,
  uint64,
} from '@passage/ledger';
import type { Decoded } from '@passage/ledger';

import { SeekPosition } from './seek.js';

/*
 * gateway.proto. Envelopes, responses and events inside these messages are kept as the bytes they travel in: an
 * embedded message and a bytes field look alike on the wire, and what was signed is never encoded again.
 */

export type EvaluateRequest = Decoded<typeof EvaluateRequest>;
export const EvaluateRequest = message('gateway.EvaluateRequest', {
  transactionId: string(1),
  channelId: string(2),
  proposedTransaction: embedded(3, SignedProposal),
  targetOrganizations: repeated(string(4)),
});

export const EvaluateResponse = message('gateway.EvaluateResponse', { result: bytes(1) });

export type EndorseRequest = Decoded<typeof EndorseRequest>;
export const EndorseRequest = message('gateway.EndorseRequest', {
  transactionId: string(1),
  channelId: string(2),
  proposedTransaction: embedded(3, SignedProposal),
  endorsingOrganizations: repeated(string(4)),
});

export const EndorseResponse = message('gateway.EndorseResponse', { preparedTransaction: bytes(1) });

export type SubmitRequest = Decoded<typeof SubmitRequest>;
export const SubmitRequest = message('gateway.SubmitRequest', {
  transactionId: string(1),
  channelId: string(2),
  preparedTransaction: bytes(3),
});

export const SubmitResponse = message('gateway.SubmitResponse', {});

/** A serialized request and its signature: SignedCommitStatusRequest and SignedChaincodeEventsRequest are alike. */
export type SignedRequest = Decoded<typeof SignedRequest>;
export const SignedRequest = message('gateway.SignedRequest', { request: bytes(1), signature: bytes(2) });

export const CommitStatusRequest = message('gateway.CommitStatusRequest', {
  transactionId: string(1),
  channelId: string(2),
  identity: bytes(3),
});

export const CommitStatusResponse = message('gateway.CommitStatusResponse', {
  result: enumeration(1),
  blockNumber: uint64(2),
});

export type ChaincodeEventsRequest = Decoded<typeof ChaincodeEventsRequest>;
export const ChaincodeEventsRequest = message('gateway.ChaincodeEventsRequest', {
  channelId: string(1),
  chaincodeId: string(2),
  identity: bytes(3),
  startPosition: embedded(4, SeekPosition),
  afterTransactionId: string(5),
});

export const ChaincodeEventsResponse = message('gateway.ChaincodeEventsResponse', {
  events: repeated(bytes(1)),
  blockNumber: uint64(2),
});

/** One endpoint's part in a failed call, found in the details of the gRPC status. */
export type ErrorDetail = Decoded<typeof ErrorDetail>;
export const ErrorDetail = message('gateway.ErrorDetail', {
  address: string(1),
  mspId: string(2),
  message: string(3),
});
