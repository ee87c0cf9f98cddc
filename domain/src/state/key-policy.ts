import type { StateKey } from './keys.js';

/**
 * Who must endorse every change of one key, whatever the contract's own policy says (Fabric: key-level endorsement): a peer
 * of `allOf`, and a peer of one of `oneOf`.
 */
export type KeyPolicy = {
  /** An MSP id. */
  readonly allOf: string;
  /** MSP ids, at least one. */
  readonly oneOf: readonly string[];
};

/** The policy that a key gets; `none` takes it off, so that the contract's own policy counts again. */
export type KeyPolicyChange = KeyPolicy | 'none';

/** A key whose policy changes. To be written only where it changes: whoever writes the key later in the block fails. */
export type PolicyEntry = { readonly key: StateKey; readonly policy: KeyPolicyChange };
