import {
  collectionConfig,
  isCollectionMember,
  parseHashNamespace,
  readDefinition,
  recover,
  syntheticSigner,
  type ChannelConfig,
  type StateReader,
} from '@passage/ledger';

import type { CollectionKeepers } from './private-store.js';

const NOBODY: CollectionKeepers = { members: [], blockToLive: 0 };

/**
 * Says who keeps the values of a collection, given the namespace of its hashes, by the definitions that stand in the state
 * (F:gossip/privdata/pvtdataprovider.go asks the same of its own peer). What cannot be read has no keepers.
 */
export function keepersBy(
  config: ChannelConfig | undefined,
  state: StateReader,
): (namespace: string) => CollectionKeepers {
  const mspIds = [...(config?.applicationOrganizations.values() ?? [])].map(({ mspId }) => mspId);
  return (namespace) =>
    recover(
      () => find(mspIds, state, namespace),
      () => NOBODY,
    );
}

function find(mspIds: readonly string[], state: StateReader, namespace: string): CollectionKeepers {
  const { chaincode, collection } = parseHashNamespace(namespace) ?? { chaincode: '', collection: '' };
  const rules = collectionConfig(readDefinition(state, chaincode), collection);
  if (rules === undefined) return NOBODY;
  const members = mspIds.filter((mspId) => isCollectionMember(rules, syntheticSigner(mspId, 'peer')));
  return { members, blockToLive: rules.blockToLive };
}
