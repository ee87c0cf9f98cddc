import { createHash, randomBytes } from 'node:crypto';

import type { CaClient, IdentityAttribute } from '../ca/ca-client.js';
import type { CertificateHolder } from '../ca/token.js';
import type { Credential } from './registrar.js';

/** Whom a registrar can register: who acts on the ledger with a key of its own, or a gateway that registers its parties. */
export type Newcomer =
  | { readonly kind: 'party'; readonly party: string; readonly role: string }
  | { readonly kind: 'gateway'; readonly name: string };

/** Longest common name (RFC 5280, ub-common-name), which the id becomes. */
const LONGEST_ID = 64;

/** The id of a newcomer who has chosen none. A gateway's id for the same party has no `.own`, so that both can be. */
export function idFor(newcomer: Newcomer): string {
  if (newcomer.kind === 'gateway') return `${newcomer.name}.gateway`;
  const { party, role } = newcomer;
  const id = `${party}.${role}.own`;
  if (id.length <= LONGEST_ID) return id;
  const short = createHash('sha256').update(party).digest('hex').slice(0, 32);
  return `${short}.${role}.own`;
}

/**
 * Registers a newcomer and returns the secret to enrol with: a party's counts once, a gateway's as often as the gateway
 * starts.
 */
export async function register(
  ca: CaClient,
  registrar: CertificateHolder,
  newcomer: Newcomer,
  id: string,
): Promise<Credential> {
  const secret = await ca.register(registrar, {
    id,
    type: 'client',
    attributes: attributesOf(newcomer),
    secret: newSecret(),
    maxEnrollments: newcomer.kind === 'gateway' ? -1 : 1,
  });
  return { id, secret };
}

/** 192 random bits. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

function attributesOf(newcomer: Newcomer): readonly IdentityAttribute[] {
  if (newcomer.kind === 'gateway') {
    return [
      { name: 'hf.Registrar.Roles', value: 'client', ecert: false },
      { name: 'hf.Registrar.Attributes', value: 'passage.*', ecert: false },
    ];
  }
  return [
    { name: 'passage.party', value: newcomer.party, ecert: true },
    { name: 'passage.role', value: newcomer.role, ecert: true },
    { name: 'passage.keyHeldBy', value: 'party', ecert: true },
  ];
}
