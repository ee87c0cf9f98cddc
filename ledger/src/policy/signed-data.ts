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
 *
 * @param isGood whether the signature at an index is known to be good by the key in its identity; nothing is known if nothing is said.
 */
export function validSigners(
  signatures: readonly SignedData[],
  msps: MspManager,
  isGood: (index: number) => boolean = () => false,
): Identity[] {
  const signers = new Map<string, Identity>();
  for (const [index, signed] of signatures.entries()) {
    const identity = msps.findIdentity(signed.identity);
    if (identity === undefined || signers.has(identity.id)) continue;
    if (isGood(index) || identity.verify(signed.message, signed.signature))
      signers.set(identity.id, identity);
  }
  return [...signers.values()];
}
