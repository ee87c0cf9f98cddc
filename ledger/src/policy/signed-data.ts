import type { Identity, MspManager } from '../identity/index.js';

/** A message, who is said to have signed it, and the signature. */
export interface SignedData {
  /** Serialized msp.SerializedIdentity. */
  readonly identity: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * The identities whose signatures are valid, each once (common/policies/policy.go, SignatureSetToValidIdentities):
 * unknown ones and wrong signatures are passed over, they spoil nothing.
 */
export function validSigners(signatures: readonly SignedData[], msps: MspManager): Identity[] {
  const signers = new Map<string, Identity>();
  for (const { identity: serialized, message, signature } of signatures) {
    const identity = msps.findIdentity(serialized);
    if (identity === undefined || signers.has(identity.id)) continue;
    if (identity.verify(message, signature)) signers.set(identity.id, identity);
  }
  return [...signers.values()];
}
