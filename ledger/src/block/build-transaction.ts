import { concatBytes, decode, encode } from '../codec/index.js';
import {
  ChaincodeAction,
  ChaincodeActionPayload,
  Envelope,
  Header,
  Payload,
  Proposal,
  ProposalResponsePayload,
  Transaction,
} from '../proto/index.js';
import { withoutTransientMap } from './build-proposal.js';
import { proposalHash } from './hashes.js';
import type { Sign } from './build-proposal.js';
import type { Encodable } from '../codec/index.js';
import type { Endorsement } from '../proto/index.js';

/**
 * Serializes the ProposalResponsePayload that endorsers sign: what running a proposal gave, bound to the proposal by
 * its hash.
 *
 * @throws LedgerError MALFORMED_MESSAGE if the proposal is none.
 */
export function buildResponsePayload(proposal: Uint8Array, action: Encodable<ChaincodeAction>): Uint8Array {
  const { header, payload } = decode(Proposal, proposal);
  const { channelHeader, signatureHeader } = decode(Header, header);
  return encode(ProposalResponsePayload, {
    proposalHash: proposalHash(channelHeader, signatureHeader, withoutTransientMap(payload)),
    extension: encode(ChaincodeAction, action),
  });
}

/**
 * An endorsement: the signature is over the response payload followed by the endorser's serialized identity
 * (core/handlers/endorsement/builtin/default_endorsement.go).
 */
export function endorse(responsePayload: Uint8Array, endorser: Uint8Array, sign: Sign): Endorsement {
  return { endorser, signature: sign(concatBytes(responsePayload, endorser)) };
}

/**
 * Serializes the payload of the transaction that a proposal and its endorsements make, for its creator to sign
 * (protoutil/txutils.go, CreateTx).
 *
 * @throws LedgerError MALFORMED_MESSAGE if the proposal is none.
 */
export function buildTransactionPayload(
  proposal: Uint8Array,
  responsePayload: Uint8Array,
  endorsements: readonly Endorsement[],
): Uint8Array {
  const { header: headerBytes, payload } = decode(Proposal, proposal);
  const header = decode(Header, headerBytes);
  const actionPayload = encode(ChaincodeActionPayload, {
    chaincodeProposalPayload: withoutTransientMap(payload),
    action: { proposalResponsePayload: responsePayload, endorsements },
  });
  const action = { header: header.signatureHeader, payload: actionPayload };
  return encode(Payload, { header, data: encode(Transaction, { actions: [action] }) });
}

/** Serializes a common.Envelope around a payload, signed. */
export function signEnvelope(payload: Uint8Array, sign: Sign): Uint8Array {
  return encode(Envelope, { payload, signature: sign(payload) });
}
