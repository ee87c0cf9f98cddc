import {
  TxPvtReadWriteSet,
  collectionConfig,
  decode,
  hashNamespace,
  isCollectionMember,
  syntheticSigner,
} from '@passage/ledger';
import type { ChaincodeDefinition } from '@passage/ledger';

import type { EmbeddedNetwork, PrivateSet } from '../network.js';

/**
 * Hands the private writes of a simulation to the members of their collections, before anybody endorses them
 * (F:gossip/privdata/distributor.go). All peers are here, so each member gets them at once, whatever number of peers the
 * collection asks for.
 *
 * @param privateBytes TxPvtReadWriteSet
 */
export function keepPrivateWrites(
  { ledger, organizations }: EmbeddedNetwork,
  definition: ChaincodeDefinition,
  txId: string,
  privateBytes: Uint8Array,
): void {
  const sets: PrivateSet[] = [];
  for (const { namespace: chaincode, collectionPvtRwset } of decode(TxPvtReadWriteSet, privateBytes)
    .nsPvtRwset) {
    for (const { collectionName, rwset } of collectionPvtRwset) {
      const rules = collectionConfig(definition, collectionName);
      const namespace = hashNamespace(chaincode, collectionName);
      for (const { mspId } of organizations) {
        if (rules === undefined || !isCollectionMember(rules, syntheticSigner(mspId, 'peer'))) continue;
        sets.push({ mspId, namespace, rwset });
      }
    }
  }
  ledger.privateData.keep(txId, ledger.height(), sets);
}
