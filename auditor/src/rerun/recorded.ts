import {
  ChaincodeInput,
  ChaincodeProposalPayload,
  decode,
  encode,
  endorsingOrganizations,
  Header,
  HeaderType,
  Proposal,
  readEnvelope,
  readInvocation,
  SignedProposal,
  TxValidationCode,
} from '@passage/ledger';
import type {
  ChannelConfig,
  EndorserTransaction,
  RawBlock,
  TransactionVerdict,
  Version,
} from '@passage/ledger';
import type { ChaincodeCall } from './chaincode-process.js';

/** A valid transaction of a chaincode, as the chain has it. */
export interface Recorded {
  readonly version: Version;
  readonly txId: string;
  readonly chaincode: string;
  readonly creator: Uint8Array;
  /** common.Header bytes of the envelope: with them creator and timestamp reach the chaincode. */
  readonly header: Uint8Array;
  readonly transaction: EndorserTransaction;
  /** The configuration that it was judged by. */
  readonly config: ChannelConfig;
}

/** The valid transactions of a block that a chaincode ran. */
export function recordedIn(
  { header: { number }, envelopes }: RawBlock,
  verdicts: readonly TransactionVerdict[],
  config: ChannelConfig,
): readonly Recorded[] {
  return verdicts.flatMap(({ index, code, type, txId, chaincode, transaction, creator }) => {
    if (code !== TxValidationCode.VALID || type !== HeaderType.ENDORSER_TRANSACTION) return [];
    const { header } = readEnvelope(envelopes[index] ?? new Uint8Array());
    if (chaincode === undefined || !transaction || !creator || !header) return [];
    const version = { block: number, tx: index };
    return { version, txId, chaincode, creator, header: encode(Header, header), transaction, config };
  });
}

/** Who says that the chaincode did this. */
export function endorsersOf({ transaction, config }: Recorded): string {
  return endorsingOrganizations(transaction, config.msps).join(', ') || 'nobody';
}

/** The call that the endorsers were asked for; nobody signs it now, and no chaincode sees the signature. */
export function callOf(
  { txId, header, transaction, config }: Recorded,
  transientMap: ReadonlyMap<string, Uint8Array>,
): Omit<ChaincodeCall, 'answer'> {
  const { input } = decode(ChaincodeProposalPayload, transaction.visiblePayload);
  const { args, isInit } = readInvocation(transaction.visiblePayload).input;
  const payload = encode(ChaincodeProposalPayload, { input, transientMap });
  return {
    channel: config.channelId,
    txId,
    isInit,
    input: encode(ChaincodeInput, { args }),
    proposal: encode(SignedProposal, { proposalBytes: encode(Proposal, { header, payload }) }),
  };
}
