import { recover } from '../errors.js';
import { decodeSignaturePolicy } from '../policy/index.js';
import { keyPolicyEntry } from '../validation/index.js';
import type { ChaincodeCall, ChaincodeInterest, SignaturePolicyEnvelope } from '../proto/index.js';
import type { StateEntry } from '../state/index.js';

/** Name under which public keys are noted. */
const PUBLIC = '';

/**
 * Gathers what a gateway has to know to choose endorsers (F:core/endorser/endorser.go, buildChaincodeInterest): the policies
 * of the written keys, and whose policy the others fall under. What stands in the state before the transaction counts, as it
 * will at validation.
 */
export class Interest {
  readonly #chaincode: string;
  /** For the public keys and each collection: whether the policy of chaincode or collection is needed. */
  readonly #needed = new Map<string, boolean>();
  readonly #privateReads = new Set<string>();
  readonly #keyPolicies: Uint8Array[] = [];

  constructor(chaincode: string) {
    this.#chaincode = chaincode;
  }

  /** A key is written, its value or its metadata; `entry` is what the state holds under it, or under its hash. */
  noteWrite(entry: StateEntry | undefined, collection: string = PUBLIC): void {
    const policy = entry?.metadata && keyPolicyEntry(entry.metadata);
    if (policy === undefined) this.#needed.set(collection, true);
    else this.#keyPolicies.push(policy);
    if (!this.#needed.has(PUBLIC)) this.#needed.set(PUBLIC, false);
  }

  /** A private value is read: only members of the collection can do that. */
  noteRead(collection: string): void {
    this.#privateReads.add(collection);
  }

  /** @throws Error if the policy of a written key is none: nobody can endorse that transaction, on Fabric either */
  build(): ChaincodeInterest {
    const keyPolicies = this.#keyPolicies.map(readPolicy);
    const names = new Set([...this.#needed.keys(), ...this.#privateReads]);
    names.delete(PUBLIC);
    const calls = [...names].map((collection) => this.#collectionCall(collection));
    const isChaincodePolicyNeeded = this.#needed.get(PUBLIC) ?? true;
    if (keyPolicies.length === 0 && !isChaincodePolicyNeeded) return { chaincodes: calls };
    const publicCall = { ...this.#call(), keyPolicies, disregardNamespacePolicy: !isChaincodePolicyNeeded };
    return { chaincodes: [publicCall, ...calls] };
  }

  /** One call for each collection, because each may be read or not. */
  #collectionCall(collection: string): ChaincodeCall {
    const noPrivateReads = !this.#privateReads.has(collection);
    return { ...this.#call(), collectionNames: [collection], noPrivateReads };
  }

  #call(): ChaincodeCall {
    return {
      name: this.#chaincode,
      collectionNames: [],
      noPrivateReads: false,
      noPublicWrites: false,
      keyPolicies: [],
      disregardNamespacePolicy: false,
    };
  }
}

function readPolicy(bytes: Uint8Array): SignaturePolicyEnvelope {
  // In the words of Go's decoder, which does not say where it stopped.
  return recover(
    () => decodeSignaturePolicy(bytes),
    () => {
      throw new Error(
        'error unmarshalling SignaturePolicyEnvelope: proto: cannot parse invalid wire-format data',
      );
    },
  );
}
