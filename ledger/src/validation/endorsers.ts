import { bytesKey, decode } from '../codec/index.js';
import { recover } from '../errors.js';
import { compileSignaturePolicy, validSigners } from '../policy/index.js';
import { ApplicationPolicy } from '../proto/index.js';
import { endorsedMessage, isGood } from './good-signatures.js';
import { SignerLists } from './signer-lists.js';
import type { EndorserTransaction } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { Identity, MspManager } from '../identity/index.js';
import type { CompiledPolicy, SignedData } from '../policy/index.js';
import type { PolicyFault } from './endorsement-policy.js';

/** Compiles the application policies of a block, each once. */
export class ApplicationPolicies {
  readonly #config: ChannelConfig;
  readonly #compiled = new Map<string, CompiledPolicy | string>();
  /** By the very bytes: nearly all keys of a chaincode answer to one and the same policy. */
  readonly #met = new WeakMap<Uint8Array, CompiledPolicy | string>();
  /** What policies say of lists of signers: nearly all transactions have one and the same. */
  readonly #answers = new WeakMap<readonly Identity[], Map<CompiledPolicy, boolean>>();

  constructor(config: ChannelConfig) {
    this.#config = config;
  }

  /**
   * Holds the endorsements of one transaction against policies. Endorsers sign the response payload followed by their own
   * identity; wrong signatures and unknown signers are passed over, and a signer counts once.
   *
   * @param good what is known of the transaction's signatures, see `GoodSignatures`.
   */
  faultsOf(transaction: EndorserTransaction, good: number): PolicyFault {
    const signers = signersOf(transaction, this.#config.msps, good);
    return (policy) => {
      const compiled = this.#compile(policy);
      if (typeof compiled === 'string') return compiled;
      if (this.#isSatisfied(compiled, signers)) return undefined;
      const names = signers.map(({ mspId, role }) => `${mspId}.${role ?? 'nobody'}`);
      return `the policy is not satisfied by ${names.join(', ') || 'no valid endorsement'}`;
    };
  }

  #isSatisfied(policy: CompiledPolicy, signers: readonly Identity[]): boolean {
    const answers = this.#answers.get(signers) ?? new Map<CompiledPolicy, boolean>();
    this.#answers.set(signers, answers);
    const isSatisfied = answers.get(policy) ?? policy.isSatisfiedBy(signers);
    answers.set(policy, isSatisfied);
    return isSatisfied;
  }

  #compile(policy: Uint8Array): CompiledPolicy | string {
    const compiled = this.#met.get(policy) ?? this.#compileOnce(policy);
    this.#met.set(policy, compiled);
    return compiled;
  }

  #compileOnce(policy: Uint8Array): CompiledPolicy | string {
    const key = bytesKey(policy);
    const compiled =
      this.#compiled.get(key) ??
      recover(
        () => this.#read(policy),
        ({ message }) => message,
      );
    this.#compiled.set(key, compiled);
    return compiled;
  }

  /** The policy itself or, where it is a reference, that of the channel configuration. */
  #read(policy: Uint8Array): CompiledPolicy | string {
    const { signaturePolicy, channelConfigPolicyReference: path } = decode(ApplicationPolicy, policy);
    if (signaturePolicy !== undefined) return compileSignaturePolicy(signaturePolicy);
    if (path === undefined) return 'the policy is empty';
    return this.#config.policies.find(path) ?? `the channel has no policy ${path}`;
  }
}

/**
 * The organisations whose peers have endorsed a transaction, each once. Wrong signatures and unknown signers are passed over.
 *
 * @param msps those of the configuration that the transaction was judged by.
 */
export function endorsingOrganizations(
  transaction: EndorserTransaction,
  msps: MspManager,
): readonly string[] {
  const signers = signersOf(transaction, msps, 0);
  return [...new Set(signers.filter(({ role }) => role === 'peer').map(({ mspId }) => mspId))];
}

/** Who has endorsed a transaction, by which configuration: several ask, and the signatures are checked once. */
const known = new WeakMap<
  EndorserTransaction,
  { readonly msps: MspManager; readonly signers: readonly Identity[] }
>();
const lists = new SignerLists();

function signersOf(transaction: EndorserTransaction, msps: MspManager, good: number): readonly Identity[] {
  const before = known.get(transaction);
  if (before?.msps === msps) return before.signers;
  const signers =
    lists.of(transaction, msps, good) ??
    validSigners(endorsementsOf(transaction), msps, (index) => isGood(good, index + 1));
  known.set(transaction, { msps, signers });
  return signers;
}

function endorsementsOf({ responsePayloadBytes, endorsements }: EndorserTransaction): SignedData[] {
  return endorsements.map(({ endorser: identity, signature }) => ({
    identity,
    signature,
    // Put together only where somebody has to check it.
    get message() {
      return endorsedMessage(responsePayloadBytes, identity);
    },
  }));
}
