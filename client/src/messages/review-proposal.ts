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
  decode,
  encode,
  equalBytes,
  serializeIdentity,
  transactionId,
  utf8,
  withoutTransientMap,
} from '@passage/ledger';

import type { Intent } from './intent.js';
import { known, need, whole } from './reading.js';

/** Most that the time in a proposal may differ from the time here, in milliseconds; peers allow 15 minutes. */
export const CLOCK_TOLERANCE_MS = 120_000;

/** The first message, found to be what was asked for: these bytes may be signed, and the second message has to wrap them. */
export interface ReviewedProposal {
  readonly intent: Intent;
  /** protos.Proposal, serialized: what is signed. */
  readonly bytes: Uint8Array;
  readonly transactionId: string;
  readonly channelHeader: Uint8Array;
  readonly signatureHeader: Uint8Array;
  /** The chaincode proposal payload without its transient map: what stands in the block. */
  readonly visiblePayload: Uint8Array;
}

/**
 * Checks the first of the two messages before it is signed: it is a proposal of this act with this input and this
 * transient data, to this chaincode on this channel, by this creator, now, and nothing besides.
 *
 * @param bytes protos.Proposal as the gateway gave it.
 * @param now milliseconds since 1970.
 * @throws ClientError MESSAGE_MALFORMED, CHANNEL_DIFFERS, CHAINCODE_DIFFERS, ARGUMENTS_DIFFER, TRANSIENT_DIFFERS,
 *   CREATOR_DIFFERS, TIME_DIFFERS or TRANSACTION_ID_DIFFERS
 */
export function reviewProposal(bytes: Uint8Array, intent: Intent, now: number): ReviewedProposal {
  const { header, payload } = whole(Proposal, bytes);
  const { channelHeader, signatureHeader } = whole(Header, header);
  reviewChannelHeader(channelHeader, intent, now);
  const { creator, nonce } = whole(SignatureHeader, signatureHeader);
  const asked = serializeIdentity(intent.mspId, utf8(intent.certificate));
  need(equalBytes(creator, asked), 'CREATOR_DIFFERS', 'the creator is not the one who is to sign');
  const { txId } = decode(ChannelHeader, channelHeader);
  const id = transactionId(nonce, creator);
  need(txId === id, 'TRANSACTION_ID_DIFFERS', `the transaction id is ${txId} and should be ${id}`);
  reviewPayload(payload, intent);
  return {
    intent,
    bytes,
    transactionId: id,
    channelHeader,
    signatureHeader,
    visiblePayload: withoutTransientMap(payload),
  };
}

function reviewChannelHeader(bytes: Uint8Array, { channel, chaincode }: Intent, now: number): void {
  const { type, channelId, epoch, timestamp, extension } = whole(ChannelHeader, bytes);
  const isTransaction = type === HeaderType.ENDORSER_TRANSACTION && epoch === 0;
  need(isTransaction, 'MESSAGE_MALFORMED', `a message of type ${String(type)} is no proposal`);
  need(channelId === channel, 'CHANNEL_DIFFERS', `the channel is ${channelId}, not ${channel}`);
  const named = whole(ChaincodeHeaderExtension, extension).chaincodeId?.name ?? '';
  need(named === chaincode, 'CHAINCODE_DIFFERS', `the chaincode is ${named}, not ${chaincode}`);
  const time = timestamp === undefined ? 0 : timestamp.seconds * 1000 + timestamp.nanos / 1e6;
  const apart = Math.abs(time - now);
  need(apart <= CLOCK_TOLERANCE_MS, 'TIME_DIFFERS', `its time is ${String(Math.round(apart / 1000))} s away`);
}

function reviewPayload(bytes: Uint8Array, intent: Intent): void {
  const { input: invocation, transientMap } = known(ChaincodeProposalPayload, bytes);
  const { chaincodeSpec: spec } = known(ChaincodeInvocationSpec, invocation);
  const name = spec?.chaincodeId?.name ?? '';
  need(name === intent.chaincode, 'CHAINCODE_DIFFERS', `it calls ${name}, not ${intent.chaincode}`);
  // Written anew from the intent: whatever else the message could say would be something that was not asked for.
  const asked = encode(ChaincodeInvocationSpec, {
    chaincodeSpec: {
      type: ChaincodeSpecType.NODE,
      chaincodeId: { name },
      input: { args: [utf8(intent.command), utf8(intent.argument)] },
    },
  });
  const isAsked = equalBytes(invocation, asked);
  need(isAsked, 'ARGUMENTS_DIFFER', `it asks for more, or other, than ${intent.command} of the input given`);
  need(sameEntries(transientMap, intent.transient), 'TRANSIENT_DIFFERS', 'its transient data differ');
}

function sameEntries(
  some: ReadonlyMap<string, Uint8Array>,
  others: ReadonlyMap<string, Uint8Array>,
): boolean {
  const isThere = ([name, value]: readonly [string, Uint8Array]): boolean => {
    const other = others.get(name);
    return other !== undefined && equalBytes(value, other);
  };
  return some.size === others.size && [...some].every(isThere);
}
