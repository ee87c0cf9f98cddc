import 'reflect-metadata';

import { createPublicKey } from 'node:crypto';

import * as x509 from '@peculiar/x509';

import { issue, type Authority, type LeafPurpose, type Subject } from './certificates.js';

/**
 * Issues an identity certificate for the key of a PKCS#10 request (PEM). Of the request only the key counts: subject and
 * attributes are the CA's to say.
 *
 * @returns the certificate as PEM, or undefined if the request cannot be read, is not signed by its own key, or its key is
 *   not ECDSA P-256.
 */
export async function enroll(
  authority: Authority,
  certificateRequest: string,
  subject: Subject,
  purpose: LeafPurpose,
  now: Date,
): Promise<string | undefined> {
  const publicKey = await provenKey(certificateRequest);
  return publicKey && issue(authority, subject, publicKey, purpose, now);
}

/** The common name that a request (PEM) asks for; undefined where it cannot be read. */
export function requestedName(certificateRequest: string): string | undefined {
  try {
    return new x509.Pkcs10CertificateRequest(certificateRequest).subjectName.getField('CN')[0] ?? '';
  } catch {
    return undefined;
  }
}

async function provenKey(certificateRequest: string): Promise<x509.PublicKey | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(certificateRequest);
    const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' });
    const isP256 = key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    return isP256 && (await request.verify()) ? request.publicKey : undefined;
  } catch {
    // The library and OpenSSL throw errors of many kinds for bytes that are no request; all mean the same here.
    return undefined;
  }
}
