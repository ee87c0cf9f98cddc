import { decode, encode } from '../codec/index.js';
import {
  ChaincodeHeaderExtension,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChaincodeSpecType,
  ChannelHeader,
  Header,
  HeaderType,
  Proposal,
  SignatureHeader,
  SignedProposal,
} from '../proto/index.js';
import { transactionId } from './hashes.js';
import type { Timestamp } from '../proto/index.js';

/** Signs the SHA-256 of a message; for ECDSA, DER with the low S. The key stays with whoever gives the function. */
export type Sign = (message: Uint8Array) => Uint8Array;

export interface ProposalInput {
  readonly channelId: string;
  readonly chaincode: string;
  /** The first is the function's name. */
  readonly args: readonly Uint8Array[];
  /** Given to the chaincode but to no block. */
  readonly transientMap?: ReadonlyMap<string, Uint8Array>;
  readonly isInit?: boolean;
  /** Serialized msp.SerializedIdentity of the client. */
  readonly creator: Uint8Array;
  /** 24 random bytes. */
  readonly nonce: Uint8Array;
  readonly timestamp: Timestamp;
}

/** Builds a serialized protos.Proposal and its transaction id (protoutil/proputils.go, CreateChaincodeProposal…). */
export function buildProposal(input: ProposalInput): { txId: string; proposal: Uint8Array } {
  const { channelId, chaincode: name, args, transientMap, isInit, creator, nonce, timestamp } = input;
  const txId = transactionId(nonce, creator);
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.ENDORSER_TRANSACTION,
    timestamp,
    channelId,
    txId,
    extension: encode(ChaincodeHeaderExtension, { chaincodeId: { name } }),
  });
  const signatureHeader = encode(SignatureHeader, { creator, nonce });
  const invocation = encode(ChaincodeInvocationSpec, {
    chaincodeSpec: { type: ChaincodeSpecType.NODE, chaincodeId: { name }, input: { args, isInit } },
  });
  const proposal = encode(Proposal, {
    header: encode(Header, { channelHeader, signatureHeader }),
    payload: encode(ChaincodeProposalPayload, { input: invocation, transientMap }),
  });
  return { txId, proposal };
}

/** Serializes a protos.SignedProposal. */
export function signProposal(proposal: Uint8Array, sign: Sign): Uint8Array {
  return encode(SignedProposal, { proposalBytes: proposal, signature: sign(proposal) });
}

/**
 * The chaincode proposal payload as it enters the block: without the transient map (protoutil/proputils.go,
 * GetBytesProposalPayloadForTx).
 *
 * @throws LedgerError MALFORMED_MESSAGE
 */
export function withoutTransientMap(proposalPayload: Uint8Array): Uint8Array {
  return encode(ChaincodeProposalPayload, { input: decode(ChaincodeProposalPayload, proposalPayload).input });
}
