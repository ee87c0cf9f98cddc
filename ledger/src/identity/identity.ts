import { sha256 } from '#crypto';
import { equalBytes, toHex } from '../codec/index.js';
import { LedgerError, recover } from '../errors.js';
import { isValidSignature } from './ecdsa.js';
import { chainIdentifier } from './msp-rules.js';
import { signatureMemoKey } from './signature-memo.js';
import { identityChain, refuseRevoked } from './trusted-chain.js';
import type { PublicKey } from '#crypto';
import type { Certificate } from './certificate.js';
import type { MspRules } from './msp-rules.js';
import type { NodeRole, Principal, PrincipalHolder } from './principal.js';
import type { SignatureMemo } from './signature-memo.js';

/** What an identity asks of the MSP that has read it. */
export interface Membership {
  readonly mspId: string;
  readonly rules: MspRules;
  acceptsKeysOf(algorithm: PublicKey['algorithm']): boolean;
  /** @throws LedgerError if the bytes are no identity of this MSP */
  deserialize(serialized: Uint8Array): { readonly certificate: Certificate };
}

/** An identity that an MSP has read. Whether the MSP stands by it is for `validate` and `satisfies` to say. */
export class Identity implements PrincipalHolder {
  readonly mspId: string;
  readonly certificate: Certificate;
  /** The same for two serializations of one certificate, and for nothing else. */
  readonly id: string;
  readonly #msp: Membership;
  readonly #memo: SignatureMemo | undefined;
  readonly #answers = new WeakMap<Principal, boolean>();
  #certifiers: Uint8Array | undefined;
  #verdict: LedgerError | 'valid' | undefined;

  constructor(certificate: Certificate, msp: Membership, memo?: SignatureMemo) {
    this.mspId = msp.mspId;
    this.certificate = certificate;
    this.id = `${msp.mspId}/${toHex(sha256(certificate.raw))}`;
    this.#msp = msp;
    this.#memo = memo;
  }

  /** Whether the MSP stands by this identity. */
  get isValid(): boolean {
    return recover(
      () => {
        this.validate();
        return true;
      },
      () => false,
    );
  }

  /** The one node role its units give it; undefined where it is invalid or the MSP does not tell roles apart. */
  get role(): NodeRole | undefined {
    if (!this.isValid) return undefined;
    return [...(this.#msp.rules.nodeOus ?? [])].find(([, { unit }]) => this.#hasUnit(unit))?.[0];
  }

  /**
   * Checks the identity against its MSP: key algorithm, chain, revocation lists, units (msp/mspimplvalidate.go,
   * validateIdentity). Computed once.
   *
   * @throws LedgerError INVALID_IDENTITY
   */
  validate(): void {
    this.#verdict ??= recover(
      () => {
        this.#check();
        return 'valid' as const;
      },
      (error) => error,
    );
    if (this.#verdict !== 'valid') throw this.#verdict;
  }

  /** Whether the signature over the message is this identity's, by Fabric's rules (low S). Never throws. */
  verify(message: Uint8Array, signature: Uint8Array): boolean {
    const { publicKey } = this.certificate;
    if (this.#memo === undefined) return isValidSignature(publicKey, message, signature);
    const key = signatureMemoKey(this.certificate, message, signature);
    if (this.#memo.has(key)) return true;
    const isValid = isValidSignature(publicKey, message, signature);
    if (isValid) this.#memo.add(key);
    return isValid;
  }

  /**
   * Whether the identity is valid and the one, or of the kind, that the principal asks for. Never throws. The answer for
   * the same principal object is computed once.
   */
  satisfies(principal: Principal): boolean {
    const known = this.#answers.get(principal);
    if (known !== undefined) return known;
    const answer = this.#answerTo(principal);
    this.#answers.set(principal, answer);
    return answer;
  }

  #answerTo(principal: Principal): boolean {
    switch (principal.kind) {
      case 'role':
        return principal.mspId === this.mspId && this.#hasRole(principal.role);
      case 'unit':
        return (
          principal.mspId === this.mspId &&
          this.isValid &&
          this.#hasUnit(principal.unit) &&
          equalBytes(principal.certifiers, this.#certifiersIdentifier())
        );
      case 'identity':
        return this.#isSame(principal.serialized) && this.isValid;
      case 'nominal':
        return true;
      case 'all':
        return principal.of.every((part) => this.satisfies(part));
      case 'nobody':
        return false;
    }
  }

  #hasRole(role: NodeRole | 'member'): boolean {
    if (role === 'admin' && this.#isNamedAdmin()) return true;
    if (!this.isValid) return false;
    if (role === 'member') return true;
    const ou = this.#msp.rules.nodeOus?.get(role);
    return ou !== undefined && this.#hasUnit(ou.unit);
  }

  #isNamedAdmin(): boolean {
    return this.#msp.rules.admins.some(({ raw }) => equalBytes(raw, this.certificate.raw));
  }

  #isSame(serialized: Uint8Array): boolean {
    return recover(
      () => equalBytes(this.#msp.deserialize(serialized).certificate.raw, this.certificate.raw),
      () => false,
    );
  }

  #hasUnit(unit: string): boolean {
    return this.certificate.organizationalUnits.includes(unit);
  }

  #certifiersIdentifier(): Uint8Array {
    this.#certifiers ??= chainIdentifier(identityChain(this.certificate, this.#msp.rules.trust).slice(1));
    return this.#certifiers;
  }

  #check(): void {
    const { algorithm } = this.certificate.publicKey;
    if (!this.#msp.acceptsKeysOf(algorithm)) throw invalid(`a key of ${algorithm} is not accepted here`);
    const chain = identityChain(this.certificate, this.#msp.rules.trust);
    refuseRevoked(this.certificate, chain, this.#msp.rules.trust);
    this.#checkListedUnits();
    this.#checkNodeOus();
  }

  #checkListedUnits(): void {
    const { units } = this.#msp.rules;
    if (units.size === 0) return;
    const certifiers = toHex(this.#certifiersIdentifier());
    const isListed = this.certificate.organizationalUnits.some((unit) => units.get(unit)?.has(certifiers));
    if (!isListed) throw invalid('none of its organizational units is one of the MSP');
  }

  #checkNodeOus(): void {
    const { nodeOus } = this.#msp.rules;
    if (nodeOus === undefined) return;
    const byUnit = new Map([...nodeOus.values()].map((ou) => [ou.unit, ou]));
    const found = this.certificate.organizationalUnits.flatMap((unit) => byUnit.get(unit) ?? []);
    for (const { certifiers, unit } of found) {
      if (certifiers && !equalBytes(certifiers, this.#certifiersIdentifier())) {
        throw invalid(`its unit ${unit} comes from another CA than it must`);
      }
    }
    if (found.length !== 1) {
      throw invalid(
        `it must be exactly one of client, peer, admin and orderer, and is ${found.length} of them`,
      );
    }
  }
}

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_IDENTITY', why);
}
