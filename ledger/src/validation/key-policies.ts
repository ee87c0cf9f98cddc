import { writeFrame } from '../block/index.js';
import { concatBytes, decode } from '../codec/index.js';
import { recover } from '../errors.js';
import { KVMetadataWrite } from '../proto/index.js';
import type { ChaincodeSet } from '../rwset/index.js';
import type { StateReader } from '../state/index.js';

/** Name of the metadata entry that holds a key's own endorsement policy (peer/chaincode_shim.proto, MetaDataKeys). */
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

/**
 * The endorsement policies of single keys, as the transactions of one block find them
 * (Fabric: core/common/validation/statebased/vpmanagerimpl.go). They are read from the state before the block. A key whose
 * metadata an earlier transaction of the block changed has no policy that could be relied on: whoever writes it later in
 * the block fails, even if that earlier transaction turns out to conflict with another.
 */
export class KeyPolicies {
  readonly #state: StateReader;
  readonly #changed = new Set<string>();

  constructor(state: StateReader) {
    this.#state = state;
  }

  /** Remembers the keys whose metadata a transaction changes, once its endorsements of this chaincode were enough. */
  noteChanges(set: ChaincodeSet): void {
    for (const { namespace, metadataWrites } of [set, ...set.collections]) {
      for (const { key } of metadataWrites) this.#changed.add(keyId(namespace, key));
    }
  }

  isChanged(namespace: string, key: string): boolean {
    return this.#changed.size > 0 && this.#changed.has(keyId(namespace, key));
  }

  /** The key's own policy as a serialized ApplicationPolicy; undefined if it has none. */
  of(namespace: string, key: string): Uint8Array | undefined {
    const metadata = this.#state.get(namespace, key)?.metadata;
    const policy = metadata && keyPolicyIn(metadata);
    // Field 1 of ApplicationPolicy is the envelope: bytes that are none stay what they are, and nobody satisfies them.
    return policy && concatBytes(Uint8Array.of(0x0a), writeFrame(policy));
  }
}

/** Bytes of the SignaturePolicyEnvelope in the metadata of a state entry. To validation, empty bytes take a policy away. */
export function keyPolicyIn(metadata: Uint8Array): Uint8Array | undefined {
  const policy = keyPolicyEntry(metadata);
  return policy === undefined || policy.length === 0 ? undefined : policy;
}

/** The same as it stands there: empty bytes are an entry too, and for the gateway's plan a policy that nobody satisfies. */
export function keyPolicyEntry(metadata: Uint8Array): Uint8Array | undefined {
  const entries = recover(
    () => decode(KVMetadataWrite, metadata).entries,
    () => [],
  );
  return entries.findLast(({ name }) => name === VALIDATION_PARAMETER)?.value;
}

function keyId(namespace: string, key: string): string {
  return `${namespace}\n${key}`;
}
