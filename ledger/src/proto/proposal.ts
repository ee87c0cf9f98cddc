import { bool, bytes, embedded, int32, map, message, repeated, string } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';
import { ChaincodeID } from './chaincode.js';
import { Timestamp } from './common.js';
import { SignaturePolicyEnvelope } from './policies.js';

export const SignedProposal = message('protos.SignedProposal', {
  proposalBytes: bytes(1),
  signature: bytes(2),
});
export type SignedProposal = Decoded<typeof SignedProposal>;

export const Proposal = message('protos.Proposal', {
  header: bytes(1),
  payload: bytes(2),
  extension: bytes(3),
});
export type Proposal = Decoded<typeof Proposal>;

/** The extension of the channel header of an endorser transaction. */
export const ChaincodeHeaderExtension = message(
  'protos.ChaincodeHeaderExtension',
  {
    chaincodeId: embedded(2, ChaincodeID),
  },
  (next) => {
    const chaincodeId = next.message(2, ChaincodeID);
    return chaincodeId === undefined ? {} : { chaincodeId };
  },
);
export type ChaincodeHeaderExtension = Decoded<typeof ChaincodeHeaderExtension>;

export const ChaincodeProposalPayload = message('protos.ChaincodeProposalPayload', {
  input: bytes(1),
  transientMap: map(2, string, bytes),
});
export type ChaincodeProposalPayload = Decoded<typeof ChaincodeProposalPayload>;

export const Response = message(
  'protos.Response',
  {
    status: int32(1),
    message: string(2),
    payload: bytes(3),
  },
  (next) => ({ status: next.integer(1), message: next.string(2), payload: next.bytes(3) }),
);
export type Response = Decoded<typeof Response>;

export const ChaincodeAction = message(
  'protos.ChaincodeAction',
  {
    results: bytes(1),
    events: bytes(2),
    response: embedded(3, Response),
    chaincodeId: embedded(4, ChaincodeID),
  },
  (next) => {
    const [results, events] = [next.bytes(1), next.bytes(2)];
    const response = next.message(3, Response);
    const chaincodeId = next.message(4, ChaincodeID);
    if (response === undefined)
      return chaincodeId === undefined ? { results, events } : { results, events, chaincodeId };
    return chaincodeId === undefined
      ? { results, events, response }
      : { results, events, response, chaincodeId };
  },
);
export type ChaincodeAction = Decoded<typeof ChaincodeAction>;

export const ProposalResponsePayload = message(
  'protos.ProposalResponsePayload',
  {
    proposalHash: bytes(1),
    extension: bytes(2),
  },
  (next) => ({ proposalHash: next.bytes(1), extension: next.bytes(2) }),
);
export type ProposalResponsePayload = Decoded<typeof ProposalResponsePayload>;

export const Endorsement = message(
  'protos.Endorsement',
  {
    endorser: bytes(1),
    signature: bytes(2),
  },
  (next) => ({ endorser: next.bytes(1), signature: next.bytes(2) }),
);
export type Endorsement = Decoded<typeof Endorsement>;

/** One chaincode that a proposal called, and what the gateway needs to know to find its endorsers. */
export const ChaincodeCall = message('protos.ChaincodeCall', {
  name: string(1),
  collectionNames: repeated(string(2)),
  noPrivateReads: bool(3),
  noPublicWrites: bool(4),
  keyPolicies: repeated(embedded(5, SignaturePolicyEnvelope)),
  disregardNamespacePolicy: bool(6),
});
export type ChaincodeCall = Decoded<typeof ChaincodeCall>;

export const ChaincodeInterest = message('protos.ChaincodeInterest', {
  chaincodes: repeated(embedded(1, ChaincodeCall)),
});
export type ChaincodeInterest = Decoded<typeof ChaincodeInterest>;

export const ProposalResponse = message('protos.ProposalResponse', {
  version: int32(1),
  timestamp: embedded(2, Timestamp),
  response: embedded(4, Response),
  payload: bytes(5),
  endorsement: embedded(6, Endorsement),
  interest: embedded(7, ChaincodeInterest),
});
export type ProposalResponse = Decoded<typeof ProposalResponse>;
