import { randomBytes } from 'node:crypto';

import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  endorse,
  LIFECYCLE_NAMESPACE,
  signEnvelope,
} from '@passage/ledger';

import type { Signer } from '../network.js';

export type LifecycleOperation = 'ApproveChaincodeDefinitionForMyOrg' | 'CommitChaincodeDefinition';

/** A call of _lifecycle together with what it did. */
export interface LifecycleCall {
  readonly channel: string;
  readonly operation: LifecycleOperation;
  /** The operation's argument message, encoded. */
  readonly argument: Uint8Array;
  /** TxReadWriteSet bytes of its simulation. */
  readonly results: Uint8Array;
  readonly creator: Signer;
  readonly endorsers: readonly Signer[];
  readonly now: Date;
}

/** Proposes, endorses and signs a call: an envelope ready to be ordered. */
export function buildLifecycleTransaction(call: LifecycleCall): { txId: string; envelope: Uint8Array } {
  const { channel: channelId, operation, argument, results, creator, endorsers, now } = call;
  const { txId, proposal } = buildProposal({
    channelId,
    chaincode: LIFECYCLE_NAMESPACE,
    args: [Buffer.from(operation), argument],
    creator: creator.serialized,
    nonce: randomBytes(24),
    timestamp: timestampOf(now),
  });
  const responsePayload = buildResponsePayload(proposal, {
    results,
    response: { status: 200 },
    // The version under which peers report their system chaincodes.
    chaincodeId: { name: LIFECYCLE_NAMESPACE, version: 'syscc' },
  });
  const endorsements = endorsers.map((peer) =>
    endorse(responsePayload, peer.serialized, (bytes) => peer.sign(bytes)),
  );
  const payload = buildTransactionPayload(proposal, responsePayload, endorsements);
  return { txId, envelope: signEnvelope(payload, (bytes) => creator.sign(bytes)) };
}

function timestampOf(date: Date): { seconds: number; nanos: number } {
  const milliseconds = date.getTime();
  return { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1_000_000 };
}
