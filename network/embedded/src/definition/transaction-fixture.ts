import { randomBytes } from 'node:crypto';

import {
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  endorse,
  RwsetBuilder,
  signEnvelope,
} from '@passage/ledger';

import type { Organization, Signer } from '../network.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';

/** What a made-up transaction does; everything has a sensible default. */
export interface TransactionInput {
  readonly creator: Signer;
  readonly endorsers: readonly Signer[];
  readonly writes: Readonly<Record<string, string>>;
  readonly channel?: string;
}

/** A transaction of the chaincode as its endorsers would sign it, without running any chaincode. For tests. */
export function putTransaction(input: TransactionInput): {
  readonly txId: string;
  readonly envelope: Uint8Array;
} {
  const { creator, endorsers, writes, channel: channelId = CHANNEL } = input;
  const { txId, proposal } = buildProposal({
    channelId,
    chaincode: CHAINCODE,
    args: [Buffer.from('put')],
    creator: creator.serialized,
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
  });
  const builder = new RwsetBuilder();
  for (const [key, value] of Object.entries(writes)) builder.addWrite(CHAINCODE, key, Buffer.from(value));
  const responsePayload = buildResponsePayload(proposal, {
    results: builder.build().publicBytes,
    response: { status: 200 },
    chaincodeId: { name: CHAINCODE, version: '1' },
  });
  const endorsements = endorsers.map((peer) =>
    endorse(responsePayload, peer.serialized, (bytes) => peer.sign(bytes)),
  );
  const payload = buildTransactionPayload(proposal, responsePayload, endorsements);
  return { txId, envelope: signEnvelope(payload, (bytes) => creator.sign(bytes)) };
}

/** The same, sent by customs' admin and endorsed by customs and port, which is enough. */
export function validPut(
  organizations: readonly Organization[],
  writes: Readonly<Record<string, string>>,
): ReturnType<typeof putTransaction> {
  const [customs, port] = organizations;
  if (customs === undefined || port === undefined) throw new TypeError('two organisations are needed');
  return putTransaction({ creator: customs.admin, endorsers: [customs.peer, port.peer], writes });
}
