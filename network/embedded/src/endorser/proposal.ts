import {
  ChaincodeHeaderExtension,
  ChaincodeProposalPayload,
  ChannelHeader,
  Header,
  LedgerError,
  Proposal,
  SignatureHeader,
  decode,
  readInvocation,
} from '@passage/ledger';
import type { ChaincodeInput, SignedData, SignedProposal } from '@passage/ledger';

/** A signed proposal with the parts that a peer looks at. */
export interface UnpackedProposal {
  readonly signed: SignedProposal;
  readonly channelHeader: ChannelHeader;
  readonly signatureHeader: SignatureHeader;
  /** The chaincode that the header names: it is the one that runs. */
  readonly chaincode: string;
  readonly input: ChaincodeInput;
  readonly hasTransientData: boolean;
}

/**
 * Takes a signed proposal apart (F:core/endorser/msgvalidation.go, UnpackProposal).
 *
 * @throws LedgerError MALFORMED_MESSAGE if a part is missing or cannot be read
 */
export function unpackProposal(signed: SignedProposal): UnpackedProposal {
  if (signed.proposalBytes.length === 0) throw malformed('a signed proposal is required');
  const proposal = decode(Proposal, signed.proposalBytes);
  const header = decode(Header, proposal.header);
  const channelHeader = decode(ChannelHeader, header.channelHeader);
  const signatureHeader = decode(SignatureHeader, header.signatureHeader);
  const { chaincodeId } = decode(ChaincodeHeaderExtension, channelHeader.extension);
  if (chaincodeId === undefined) throw malformed('ChaincodeHeaderExtension.ChaincodeId is nil');
  if (chaincodeId.name === '') throw malformed('ChaincodeHeaderExtension.ChaincodeId.Name is empty');
  const { input } = readInvocation(proposal.payload);
  const hasTransientData = decode(ChaincodeProposalPayload, proposal.payload).transientMap.size > 0;
  return { signed, channelHeader, signatureHeader, chaincode: chaincodeId.name, input, hasTransientData };
}

/** The creator's signature over the proposal, for a policy to judge. */
export function creatorSignature({ signed, signatureHeader }: UnpackedProposal): SignedData {
  return { message: signed.proposalBytes, identity: signatureHeader.creator, signature: signed.signature };
}

function malformed(message: string): LedgerError {
  return new LedgerError('MALFORMED_MESSAGE', message);
}
