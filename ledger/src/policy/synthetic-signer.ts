import type { NodeRole, Principal, PrincipalHolder } from '../identity/index.js';

/** A signer of whom only MSP and role are known: for asking, before anyone signs, whose signatures would suffice. */
export function syntheticSigner(mspId: string, role: NodeRole): PrincipalHolder {
  const satisfies = (principal: Principal): boolean => {
    switch (principal.kind) {
      case 'role':
        return principal.mspId === mspId && (principal.role === role || principal.role === 'member');
      case 'nominal':
        return true;
      case 'all':
        return principal.of.every(satisfies);
      default:
        return false;
    }
  };
  return { satisfies };
}
