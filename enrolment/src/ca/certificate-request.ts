import { DerTag, derElement } from '@passage/ledger';

import type { SigningKey } from '../keys/signing-key.js';

const COMMON_NAME = Uint8Array.of(0x55, 0x04, 0x03);
const ORGANIZATION = Uint8Array.of(0x55, 0x04, 0x0a);
/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 */
const ECDSA_SHA256 = Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
const UTF8_STRING = 0x0c;
const NO_ATTRIBUTES = derElement(0xa0);

/** Whom a certificate is asked for. */
export interface RequestedSubject {
  /** Must be the enrolment id: the CA refuses another (CA:lib/serverenroll.go, processSignRequest). */
  readonly commonName: string;
  readonly organization?: string;
}

/**
 * A PKCS#10 request (RFC 2986) as PEM, signed by its own key. Written out here and not with a library, because the key may
 * be in a token, of which no more than a signature comes out. Type and attributes are the CA's to say.
 */
export async function certificateRequest(key: SigningKey, subject: RequestedSubject): Promise<string> {
  const names = [
    ...(subject.organization === undefined ? [] : [nameAttribute(ORGANIZATION, subject.organization)]),
    nameAttribute(COMMON_NAME, subject.commonName),
  ];
  const info = derElement(
    DerTag.SEQUENCE,
    version0(),
    derElement(DerTag.SEQUENCE, ...names),
    key.publicKeyInfo,
    NO_ATTRIBUTES,
  );
  const algorithm = derElement(DerTag.SEQUENCE, derElement(DerTag.OID, ECDSA_SHA256));
  const signature = derElement(DerTag.BIT_STRING, Uint8Array.of(0), await key.sign(info));
  return pem('CERTIFICATE REQUEST', derElement(DerTag.SEQUENCE, info, algorithm, signature));
}

function version0(): Uint8Array {
  return derElement(DerTag.INTEGER, Uint8Array.of(0));
}

/** RelativeDistinguishedName with one attribute. */
function nameAttribute(oid: Uint8Array, value: string): Uint8Array {
  const text = derElement(UTF8_STRING, Buffer.from(value));
  return derElement(DerTag.SET, derElement(DerTag.SEQUENCE, derElement(DerTag.OID, oid), text));
}

function pem(type: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${type}-----\n${lines.join('\n')}\n-----END ${type}-----\n`;
}
