import { collectionConfig, isCollectionMember, parseHashNamespace } from '@passage/ledger';
import type { Encodable, Identity, TxPvtReadWriteSet } from '@passage/ledger';

import type { PeerParts } from '../endorser/peer-parts.js';
import type { BlockForm } from './block-forms.js';

/**
 * A block with its private data (F:core/peer/deliverevents.go, getPrivateData): what the peer's organisation holds, and of
 * that only the collections to which the client's organisation belongs too.
 */
export function withPrivateData({ network, access, chaincodes }: PeerParts, mspId: string): BlockForm {
  const maySee = (client: Identity | undefined, { chaincode, collection }: CollectionName): boolean => {
    const rules = collectionConfig(chaincodes.definition(chaincode), collection);
    return rules !== undefined && client !== undefined && isCollectionMember(rules, client);
  };
  return (block, { number, creator }) => {
    const client = access.identify(creator);
    const privateDataMap = new Map<number, Encodable<TxPvtReadWriteSet>>();
    for (const [tx, sets] of network.ledger.privateData.writesOf(number, mspId)) {
      const visible = [...sets].flatMap(([namespace, rwset]) => {
        const name = parseHashNamespace(namespace);
        return name !== undefined && maySee(client, name) ? { ...name, rwset } : [];
      });
      if (visible.length > 0) privateDataMap.set(tx, { nsPvtRwset: byChaincode(visible) });
    }
    return { blockAndPrivateData: { block, privateDataMap } };
  };
}

interface CollectionName {
  readonly chaincode: string;
  readonly collection: string;
}

type NsPvtRwset = NonNullable<Encodable<TxPvtReadWriteSet>['nsPvtRwset']>;

/** Write sets under their chaincodes; both stand in the order of their names already. */
function byChaincode(sets: readonly (CollectionName & { readonly rwset: Uint8Array })[]): NsPvtRwset {
  return [...Map.groupBy(sets, ({ chaincode }) => chaincode)].map(([namespace, members]) => ({
    namespace,
    collectionPvtRwset: members.map(({ collection: collectionName, rwset }) => ({ collectionName, rwset })),
  }));
}
