import { badBody, CaCode, CaError } from './ca-error.js';
import { IDENTITY_TYPES, type IdentityAttribute, type IdentityType } from './identity-registry.js';

/** What `POST /api/v1/register` carries (CA:api/client.go RegistrationRequest). */
export interface RegistrationRequest {
  readonly id: string;
  readonly type: IdentityType;
  /** Chosen by the registrar; the CA makes one when it is absent or empty. */
  readonly secret: string | undefined;
  readonly affiliation: string;
  readonly attributes: readonly IdentityAttribute[];
  /** How often the secret may be used; -1 is as often as wanted. */
  readonly maxEnrollments: number;
  readonly caName: string;
}

/** What `PUT /api/v1/identities/<id>` carries (CA:api/client.go ModifyIdentityRequest), as far as this CA changes it. */
export interface ModificationRequest {
  readonly secret: string | undefined;
  readonly maxEnrollments: number | undefined;
  readonly caName: string;
}

/** What `POST /api/v1/enroll` carries (CA:api/net.go EnrollmentRequestNet). */
export interface EnrollmentRequest {
  /** PKCS#10 request, PEM. */
  readonly certificateRequest: string;
  /** Names of attributes wanted in the certificate; undefined means those registered with `ecert`. */
  readonly attributes: readonly { readonly name: string; readonly optional: boolean }[] | undefined;
  readonly caName: string;
}

/** What `POST /api/v1/revoke` carries (CA:api/client.go RevocationRequest): a name, or a serial number and a key id. */
export interface RevocationRequest {
  readonly id: string;
  /** Lower-case hex without colons and leading zeros, as is `aki`; empty where a name is given. */
  readonly serial: string;
  readonly aki: string;
  /** Reason code of RFC 5280 5.3.1. */
  readonly reason: number;
  readonly genCrl: boolean;
  readonly caName: string;
}

/** What `POST /api/v1/gencrl` carries (CA:api/client.go GenCRLRequest); a bound that is not given is undefined. */
export interface GenCrlRequest {
  readonly revokedAfter: number | undefined;
  readonly revokedBefore: number | undefined;
  readonly expireAfter: number | undefined;
  readonly expireBefore: number | undefined;
  readonly caName: string;
}

/** RFC 5280 5.3.1, in fabric-ca's spelling. */
const REASONS: Readonly<Record<string, number>> = {
  unspecified: 0,
  keycompromise: 1,
  cacompromise: 2,
  affiliationchanged: 3,
  superseded: 4,
  cessationofoperation: 5,
  certificatehold: 6,
  removefromcrl: 8,
  privilegewithdrawn: 9,
  aacompromise: 10,
};

/** Upper bound of a common name (RFC 5280, ub-common-name), which the enrolment id becomes. */
const MAX_ID_LENGTH = 64;

export function parseRegistration(body: Buffer): RegistrationRequest {
  const fields = parseObject(body);
  const id = text(fields, 'id');
  if (id === '' || id.length > MAX_ID_LENGTH)
    throw badBody(`'id' must have 1 to ${MAX_ID_LENGTH} characters`);
  const type = text(fields, 'type') || 'client';
  if (!isIdentityType(type)) throw badBody(`'type' must be one of ${IDENTITY_TYPES.join(', ')}`);
  return {
    id,
    type,
    secret: text(fields, 'secret') || undefined,
    affiliation: text(fields, 'affiliation'),
    attributes: list(fields, 'attrs').map((attribute) => ({
      name: text(attribute, 'name'),
      value: text(attribute, 'value'),
      ecert: attribute['ecert'] === true,
    })),
    maxEnrollments: count(fields, 'max_enrollments') ?? -1,
    caName: text(fields, 'caname'),
  };
}

export function parseModification(body: Buffer): ModificationRequest {
  const fields = parseObject(body);
  for (const name of ['type', 'affiliation', 'attrs'])
    if (fields[name] !== undefined) throw badBody(`this CA does not change '${name}' of an identity`);
  return {
    secret: text(fields, 'secret') || undefined,
    maxEnrollments: count(fields, 'max_enrollments'),
    caName: text(fields, 'caname'),
  };
}

export function parseEnrollment(body: Buffer): EnrollmentRequest {
  const fields = parseObject(body);
  const requested = fields['attr_reqs'];
  return {
    certificateRequest: text(fields, 'certificate_request'),
    attributes:
      requested === undefined || requested === null
        ? undefined
        : list(fields, 'attr_reqs').map((attribute) => ({
            name: text(attribute, 'name'),
            optional: attribute['optional'] === true,
          })),
    caName: text(fields, 'caname'),
  };
}

export function parseRevocation(body: Buffer): RevocationRequest {
  const fields = parseObject(body);
  const reason = text(fields, 'reason').toLowerCase();
  const known = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  if (reason !== '' && known === undefined)
    throw badBody(`'reason' must be one of ${Object.keys(REASONS).join(', ')}`);
  return {
    id: text(fields, 'id'),
    serial: plainHex(text(fields, 'serial')),
    aki: plainHex(text(fields, 'aki')),
    reason: known ?? 0,
    genCrl: fields['gencrl'] === true,
    caName: text(fields, 'caname'),
  };
}

export function parseGenCrl(body: Buffer): GenCrlRequest {
  const fields = parseObject(body);
  return {
    revokedAfter: time(fields, 'revokedafter'),
    revokedBefore: time(fields, 'revokedbefore'),
    expireAfter: time(fields, 'expireafter'),
    expireBefore: time(fields, 'expirebefore'),
    caName: text(fields, 'caname'),
  };
}

/** Hex as fabric-ca keeps it. */
export function plainHex(hex: string): string {
  return hex.toLowerCase().replaceAll(':', '').replace(/^0+/, '');
}

/** Go's zero time, which its clients send for "no bound". */
const GO_ZERO = Date.parse('0001-01-01T00:00:00Z');

function time(fields: Fields, name: string): number | undefined {
  const value = text(fields, name);
  if (value === '') return undefined;
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) throw badBody(`'${name}' must be a time (RFC 3339)`);
  return milliseconds === GO_ZERO ? undefined : milliseconds;
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(body: Buffer): Fields {
  if (body.length === 0) throw new CaError(400, CaCode.EMPTY_BODY, 'Empty request body');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw badBody('not JSON');
  }
  if (!isFields(value)) throw badBody('not a JSON object');
  return value;
}

function text(fields: Fields, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value !== 'string') throw badBody(`'${name}' must be a string`);
  return value;
}

/** A bound of uses; 0 means what not to say it means (CA:lib/serverregister.go, lib/serveridentities.go). */
function count(fields: Fields, name: string): number | undefined {
  const value = fields[name] ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < -1)
    throw badBody(`'${name}' must be a whole number from -1`);
  return value === 0 ? undefined : value;
}

function list(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value) || !value.every(isFields)) throw badBody(`'${name}' must be a list of objects`);
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIdentityType(value: string): value is IdentityType {
  return (IDENTITY_TYPES as readonly string[]).includes(value);
}
