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

/**
 * A peer of any two of these MSPs: as the contract's own policy, on a key that had a stricter one. To take a policy off for
 * good, by no bytes, would leave a key that Fabric's gateway finds no endorsers for (F:discovery/endorsement/endorsement.go,
 * computeStateBasedPrincipalSets: "state based endorsement policy cannot be satisfied"), though validation takes it.
 */
export type OpenPolicy = {
  /** MSP ids, at least two. */
  readonly twoOf: readonly string[];
};

/** The policy that a key gets. */
export type KeyPolicyChange = KeyPolicy | OpenPolicy;

/** A key whose policy changes. To be written only where it changes: whoever writes the key later in the block fails. */
export type PolicyEntry = { readonly key: StateKey; readonly policy: KeyPolicyChange };
