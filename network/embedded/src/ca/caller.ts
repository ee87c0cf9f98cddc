import { verify, X509Certificate } from 'node:crypto';

import { authenticationFailure, CaCode, CaError } from './ca-error.js';
import type { CertificateLog } from './certificate-log.js';
import type { IdentityRegistry, RegisteredIdentity } from './identity-registry.js';
import { plainHex } from './request-body.js';

/** The parts of a request that its authorization covers. */
export interface AuthorizedRequest {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly uri: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

/** The identity whose enrolment id and secret stand in a Basic header (RFC 7617). */
export function basicCaller(
  request: AuthorizedRequest,
  registry: IdentityRegistry,
  log: CertificateLog,
): RegisteredIdentity {
  const header = requireHeader(request);
  const [scheme, encoded] = header.split(' ');
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (scheme?.toLowerCase() !== 'basic' || colon < 0) throw authenticationFailure();
  const identity = registry.authenticate(text.slice(0, colon), text.slice(colon + 1));
  if (identity === undefined || log.isDisabled(identity.id)) throw authenticationFailure();
  return identity;
}

/**
 * The identity that signed the request with its enrolment certificate: `<base64 of the certificate PEM>.<base64 of the
 * signature>` over method, URI, body and certificate (CA:util/util.go GenECDSAToken). The certificate must be this CA's and
 * in date and not revoked, and its common name registered.
 */
export function tokenCaller(
  request: AuthorizedRequest,
  registry: IdentityRegistry,
  log: CertificateLog,
  root: X509Certificate,
  now: Date,
): RegisteredIdentity {
  const [encodedCertificate = '', encodedSignature = ''] = requireHeader(request).split('.');
  const certificate = parseCertificate(encodedCertificate);
  const signed = [
    request.method,
    base64(request.uri),
    request.body.toString('base64'),
    encodedCertificate,
  ].join('.');
  const genuine = verify(
    'sha256',
    Buffer.from(signed),
    certificate.publicKey,
    Buffer.from(encodedSignature, 'base64'),
  );
  if (!genuine || !isInForce(certificate, root, now)) throw authenticationFailure();
  if (log.isRevoked(plainHex(certificate.serialNumber))) throw authenticationFailure();
  const identity = registry.get(commonName(certificate));
  if (identity === undefined) throw authenticationFailure();
  return identity;
}

function requireHeader(request: AuthorizedRequest): string {
  if (request.authorization !== undefined) return request.authorization;
  throw new CaError(401, CaCode.NO_AUTHORIZATION, 'No authorization header');
}

function parseCertificate(encoded: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(encoded, 'base64'));
  } catch {
    throw authenticationFailure();
  }
}

function isInForce(certificate: X509Certificate, root: X509Certificate, now: Date): boolean {
  return (
    certificate.checkIssued(root) &&
    certificate.verify(root.publicKey) &&
    certificate.validFromDate <= now &&
    now <= certificate.validToDate
  );
}

/** The common name, which is the enrolment id; this CA writes exactly one. */
function commonName(certificate: X509Certificate): string {
  const { CN } = certificate.toLegacyObject().subject;
  return typeof CN === 'string' ? CN : '';
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
