import { decode } from '../codec/index.js';
import { recover } from '../errors.js';
import {
  CombinedPrincipal,
  MSPIdentityAnonymity,
  MSPPrincipal,
  MSPRole,
  MSPRoleType,
  OrganizationUnit,
  PrincipalClassification,
} from '../proto/index.js';

/** The roles that node OUs tell apart; every valid identity of an MSP is also a `member`. */
export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

/** Whom a policy asks for. */
export type Principal =
  | { readonly kind: 'role'; readonly mspId: string; readonly role: NodeRole | 'member' }
  | {
      readonly kind: 'unit';
      readonly mspId: string;
      readonly unit: string;
      readonly certifiers: Uint8Array;
    }
  /** Exactly this certificate; a serialized msp.SerializedIdentity. */
  | { readonly kind: 'identity'; readonly serialized: Uint8Array }
  /** Anyone who is not anonymous. */
  | { readonly kind: 'nominal' }
  | { readonly kind: 'all'; readonly of: readonly Principal[] }
  /** Legal in a policy, and satisfied by nobody. */
  | { readonly kind: 'nobody'; readonly why: string };

/** Anything that can stand for a signer when a policy is evaluated. */
export interface PrincipalHolder {
  satisfies(principal: Principal): boolean;
}

const ROLES: Readonly<Record<number, NodeRole | 'member'>> = {
  [MSPRoleType.MEMBER]: 'member',
  [MSPRoleType.ADMIN]: 'admin',
  [MSPRoleType.CLIENT]: 'client',
  [MSPRoleType.PEER]: 'peer',
  [MSPRoleType.ORDERER]: 'orderer',
};

const MAX_COMBINED_DEPTH = 100;

/**
 * Reads an MSPPrincipal. One that cannot be read is no error: Fabric finds out only when it compares, and then it is
 * satisfied by nobody (msp/mspimpl.go, SatisfiesPrincipal).
 */
export function readPrincipal(principal: MSPPrincipal, depth = 0): Principal {
  return recover(
    () => readKnown(principal, depth),
    ({ message }): Principal => ({ kind: 'nobody', why: message }),
  );
}

function readKnown({ principalClassification, principal: bytes }: MSPPrincipal, depth: number): Principal {
  switch (principalClassification) {
    case PrincipalClassification.ROLE: {
      const { mspIdentifier, role: number } = decode(MSPRole, bytes);
      const role = ROLES[number];
      return role ? { kind: 'role', mspId: mspIdentifier, role } : nobody(`unknown role ${number}`);
    }
    case PrincipalClassification.ORGANIZATION_UNIT: {
      const { mspIdentifier, organizationalUnitIdentifier, certifiersIdentifier } = decode(
        OrganizationUnit,
        bytes,
      );
      return {
        kind: 'unit',
        mspId: mspIdentifier,
        unit: organizationalUnitIdentifier,
        certifiers: certifiersIdentifier,
      };
    }
    case PrincipalClassification.IDENTITY:
      return { kind: 'identity', serialized: bytes };
    case PrincipalClassification.ANONYMITY: {
      const isNominal = decode(MSPIdentityAnonymity, bytes).anonymityType === 0;
      return isNominal ? { kind: 'nominal' } : nobody('X.509 identities are not anonymous');
    }
    case PrincipalClassification.COMBINED:
      return readCombined(decode(CombinedPrincipal, bytes).principals, depth);
    default:
      return nobody(`unknown classification ${principalClassification}`);
  }
}

function readCombined(principals: readonly MSPPrincipal[], depth: number): Principal {
  if (principals.length === 0) return nobody('a combination of no principals');
  if (depth >= MAX_COMBINED_DEPTH) return nobody('principals combined too deeply');
  return { kind: 'all', of: principals.map((part) => readPrincipal(part, depth + 1)) };
}

function nobody(why: string): Principal {
  return { kind: 'nobody', why };
}
