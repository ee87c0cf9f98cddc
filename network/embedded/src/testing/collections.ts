import { randomBytes } from 'node:crypto';

import {
  CommitChaincodeDefinitionArgs,
  LIFECYCLE_NAMESPACE,
  RwsetBuilder,
  buildProposal,
  buildResponsePayload,
  buildSignaturePolicy,
  buildTransactionPayload,
  commitDefinition,
  encode,
  endorse,
  parsePolicy,
  readDefinition,
  signEnvelope,
} from '@passage/ledger';
import type { StaticCollectionConfig } from '@passage/ledger';

import type { EmbeddedNetwork } from '../network.js';
import { CHAINCODE } from '../organizations.js';

/** A collection as a test thinks of it; policies in Fabric's language. */
export interface CollectionWish {
  readonly name: string;
  readonly members: string;
  readonly endorsement?: string;
  readonly blockToLive?: number;
  /** Only clients of the members may read and write. */
  readonly closed?: boolean;
}

export function collectionOf(wish: CollectionWish): StaticCollectionConfig {
  const { name, members, endorsement, blockToLive = 0, closed = false } = wish;
  const policyOf = (text: string): { signaturePolicy: ReturnType<typeof buildSignaturePolicy> } => ({
    signaturePolicy: buildSignaturePolicy(parsePolicy(text)),
  });
  return {
    name,
    memberOrgsPolicy: policyOf(members),
    requiredPeerCount: 0,
    maximumPeerCount: 3,
    blockToLive,
    memberOnlyRead: closed,
    memberOnlyWrite: closed,
    ...(endorsement !== undefined && { endorsementPolicy: policyOf(endorsement) }),
  };
}

/** Commits the next definition of the chaincode, with these collections, as customs, port and business would endorse it. */
export async function defineCollections(
  { channel, ledger, orderer, organizations }: EmbeddedNetwork,
  wishes: readonly CollectionWish[],
): Promise<void> {
  const current = readDefinition(ledger.state, CHAINCODE);
  const [customs, ...others] = organizations.map(({ peer, admin }) => ({ peer, admin }));
  if (current === undefined || customs === undefined) throw new TypeError('nothing is defined yet');
  const collections = wishes.map(collectionOf);
  const definition = { ...current, sequence: current.sequence + 1, collections };
  const builder = new RwsetBuilder();
  const store = {
    get: (key: string) => {
      const entry = ledger.state.get(LIFECYCLE_NAMESPACE, key);
      builder.addRead(LIFECYCLE_NAMESPACE, key, entry?.version);
      return entry?.value;
    },
    put: (key: string, value: Uint8Array) => {
      builder.addWrite(LIFECYCLE_NAMESPACE, key, value);
    },
    delete: (key: string) => {
      builder.addWrite(LIFECYCLE_NAMESPACE, key);
    },
  };
  commitDefinition(store, CHAINCODE, definition);
  const argument = encode(CommitChaincodeDefinitionArgs, {
    sequence: definition.sequence,
    name: CHAINCODE,
    version: definition.version,
    validationParameter: definition.validationParameter,
    collections: { config: collections.map((staticCollectionConfig) => ({ staticCollectionConfig })) },
  });
  const { txId, proposal } = buildProposal({
    channelId: channel,
    chaincode: LIFECYCLE_NAMESPACE,
    args: [Buffer.from('CommitChaincodeDefinition'), argument],
    creator: customs.admin.serialized,
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
  });
  const payload = buildResponsePayload(proposal, {
    results: builder.build().publicBytes,
    response: { status: 200 },
    chaincodeId: { name: LIFECYCLE_NAMESPACE, version: 'syscc' },
  });
  const endorsements = [customs, ...others.slice(0, 2)].map(({ peer }) =>
    endorse(payload, peer.serialized, (message) => peer.sign(message)),
  );
  const transaction = buildTransactionPayload(proposal, payload, endorsements);
  const committed = new Promise<void>((resolve) => {
    const stop = ledger.onCommit(({ txIds }) => {
      if (!txIds.includes(txId)) return;
      stop();
      resolve();
    });
  });
  await orderer.broadcast(signEnvelope(transaction, (message) => customs.admin.sign(message)));
  await committed;
  const code = ledger.commitStatus(txId)?.code;
  if (code !== 0) throw new Error(`the definition with collections got code ${String(code)}`);
}
