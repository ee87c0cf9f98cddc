import 'reflect-metadata';

import * as x509 from '@peculiar/x509';

import type { Authority } from '../pki/certificates.js';
import type { IssuedCertificate, Revocation } from './certificate-log.js';

/** How long a list is said to hold; an MSP does not look at it. */
const VALIDITY_MS = 24 * 3_600_000;

/** A certificate revocation list (RFC 5280 section 5) signed by the CA, as PEM. */
export async function createRevocationList(
  authority: Authority,
  revoked: readonly (IssuedCertificate & Revocation)[],
  now: Date,
): Promise<string> {
  const list = await x509.X509CrlGenerator.create({
    issuer: authority.certificate.subjectName.toJSON(),
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + VALIDITY_MS),
    // Without a reason, as fabric-ca leaves it.
    entries: revoked.map(({ serial, at }) => ({
      serialNumber: evenHex(serial),
      revocationDate: new Date(at),
    })),
    // By this an MSP finds the CA that the list belongs to (F:msp/mspimplvalidate.go).
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(authority.certificate)],
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    signingKey: authority.key,
  });
  const base64 = Buffer.from(list.rawData)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN X509 CRL-----\n${base64}\n-----END X509 CRL-----\n`;
}

/** Whole bytes, the first of them below 80: a serial number is positive. */
function evenHex(serial: string): string {
  const even = serial.length % 2 === 0 ? serial : `0${serial}`;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}
