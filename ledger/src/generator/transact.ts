import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  endorse,
  signEnvelope,
} from '../block/index.js';
import { encode } from '../codec/index.js';
import { ChaincodeEvent } from '../proto/index.js';
import type { Timestamp } from '../proto/index.js';
import type { Member } from './consortium.js';

/** Who signs: that much of a member. */
export type Signatory = Pick<Member, 'identity' | 'sign'>;

/** One transaction, from the call to who signed what it did. */
export interface Invocation {
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly Uint8Array[];
  /** Serialized TxReadWriteSet. */
  readonly results: Uint8Array;
  readonly creator: Signatory;
  readonly endorsers: readonly Signatory[];
  readonly nonce: Uint8Array;
  readonly timestamp: Timestamp;
  /** What the chaincode answered. */
  readonly answer?: Uint8Array;
  readonly event?: { readonly name: string; readonly payload: Uint8Array };
}

/** The serialized common.Envelope of a transaction as an honest client would send it. */
export function transact(invocation: Invocation): Uint8Array {
  const { channel: channelId, chaincode, args, results, creator, endorsers } = invocation;
  const { nonce, timestamp, event, answer: payload } = invocation;
  const { proposal, txId } = buildProposal({
    channelId,
    chaincode,
    args,
    creator: creator.identity,
    nonce,
    timestamp,
  });
  const response = buildResponsePayload(proposal, {
    results,
    response: { status: 200, ...(payload && { payload }) },
    chaincodeId: { name: chaincode, version: '1' },
    ...(event && {
      events: encode(ChaincodeEvent, {
        chaincodeId: chaincode,
        txId,
        eventName: event.name,
        payload: event.payload,
      }),
    }),
  });
  const endorsements = endorsers.map(({ identity, sign }) => endorse(response, identity, sign));
  return signEnvelope(buildTransactionPayload(proposal, response, endorsements), creator.sign);
}
