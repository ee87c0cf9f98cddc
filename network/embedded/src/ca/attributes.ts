import { CaCode, CaError } from './ca-error.js';
import type { IdentityAttribute, RegisteredIdentity } from './identity-registry.js';
import type { EnrollmentRequest } from './request-body.js';

/** What the registrar may do, as fabric-ca names it. */
export const REGISTRAR_ATTRIBUTES: readonly IdentityAttribute[] = [
  { name: 'hf.Registrar.Roles', value: '*', ecert: false },
  { name: 'hf.Registrar.Attributes', value: '*', ecert: false },
  { name: 'hf.Revoker', value: 'true', ecert: false },
  { name: 'hf.GenCRL', value: 'true', ecert: false },
];

export function isRegistrar(identity: RegisteredIdentity): boolean {
  return identity.attributes.some(({ name, value }) => name === 'hf.Registrar.Roles' && value !== '');
}

export function isTrue(identity: RegisteredIdentity, attribute: string): boolean {
  return identity.attributes.some(({ name, value }) => name === attribute && value === 'true');
}

/** Whether a registrar may register an identity of this type with these attributes (CA:lib/attr/attribute.go). */
export function mayRegister(
  registrar: RegisteredIdentity,
  { type, attributes }: Pick<RegisteredIdentity, 'type' | 'attributes'>,
): boolean {
  const types = listOf(registrar, 'hf.Registrar.Roles');
  const names = listOf(registrar, 'hf.Registrar.Attributes');
  return (
    types.some((one) => one === '*' || one === type) &&
    attributes.every(({ name }) => names.some((pattern) => matches(pattern, name)))
  );
}

function listOf({ attributes }: RegisteredIdentity, wanted: string): string[] {
  const value = attributes.find(({ name }) => name === wanted)?.value ?? '';
  return value.split(',').map((part) => part.trim());
}

/** A name, or the beginning of names with an asterisk behind it. */
function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** The attributes asked for, or those registered with `ecert` when nothing was asked. */
export function certificateAttributes(
  identity: RegisteredIdentity,
  enrollment: EnrollmentRequest,
): Readonly<Record<string, string>> {
  const { attributes } = enrollment;
  if (attributes === undefined) {
    return Object.fromEntries(identity.attributes.flatMap((a) => (a.ecert ? [[a.name, a.value]] : [])));
  }
  const wanted = attributes.flatMap(({ name, optional }) => {
    const found = identity.attributes.find((attribute) => attribute.name === name);
    if (found === undefined && !optional && !name.startsWith('hf.')) {
      throw new CaError(400, CaCode.UNKNOWN, `The identity does not have attribute '${name}'`);
    }
    return found === undefined ? [] : [[found.name, found.value]];
  });
  return Object.fromEntries(wanted) as Readonly<Record<string, string>>;
}
