import { encode, utf8 } from '../codec/index.js';
import { commitDefinition } from '../lifecycle/index.js';
import { buildSignaturePolicy, or, outOf, signer } from '../policy/index.js';
import { ApplicationPolicy } from '../proto/index.js';
import { RwsetBuilder } from '../rwset/index.js';
import { LIFECYCLE_NAMESPACE } from '../state/index.js';
import { founderOf } from './consortium.js';
import { transact } from './transact.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { Timestamp } from '../proto/index.js';
import type { Consortium, Member } from './consortium.js';

/** The one private collection of a generated channel's chaincode. */
export const COLLECTION = 'sealed';
/** Blocks that a private hash outlives. */
const BLOCKS_TO_LIVE = 40;

/** The peers that endorse a transaction of the chaincode: two organisations', or the only one's. */
export function endorsersOf({ organizations }: Consortium): readonly Member[] {
  return organizations.slice(0, 2).map(({ peer }) => peer);
}

/** The transaction that commits the chaincode's definition, endorsed by every organisation. */
export function defineChaincode(
  consortium: Consortium,
  chaincode: string,
  timestamp: Timestamp,
  nonce: Uint8Array,
): Uint8Array {
  const results = new RwsetBuilder();
  const store = {
    get: (key: string): undefined => {
      results.addRead(LIFECYCLE_NAMESPACE, key, undefined);
    },
    put: (key: string, value: Uint8Array): void => {
      results.addWrite(LIFECYCLE_NAMESPACE, key, value);
    },
    delete: (key: string): void => {
      results.addWrite(LIFECYCLE_NAMESPACE, key);
    },
  };
  commitDefinition(store, chaincode, definition(consortium));
  return transact({
    channel: consortium.channel,
    chaincode: LIFECYCLE_NAMESPACE,
    args: [utf8('CommitChaincodeDefinition')],
    results: results.build().publicBytes,
    creator: founderOf(consortium).admin,
    endorsers: consortium.organizations.map(({ peer }) => peer),
    nonce,
    timestamp,
  });
}

function definition({ organizations }: Consortium): ChaincodeDefinition {
  const peers = organizations.map(({ mspId }) => signer(mspId, 'peer'));
  const policy = buildSignaturePolicy(outOf(Math.min(2, peers.length), ...peers));
  const members = buildSignaturePolicy(or(...organizations.map(({ mspId }) => signer(mspId, 'member'))));
  return {
    sequence: 1,
    version: '1',
    endorsementPlugin: 'escc',
    initRequired: false,
    validationPlugin: 'vscc',
    validationParameter: encode(ApplicationPolicy, { signaturePolicy: policy }),
    collections: [
      {
        name: COLLECTION,
        memberOrgsPolicy: { signaturePolicy: members },
        requiredPeerCount: 0,
        maximumPeerCount: organizations.length,
        blockToLive: BLOCKS_TO_LIVE,
        memberOnlyRead: true,
        memberOnlyWrite: true,
      },
    ],
  };
}
