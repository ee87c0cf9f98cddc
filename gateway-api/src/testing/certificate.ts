import { generateKeyPairSync, sign } from 'node:crypto';

import { DerTag, derElement, derInteger } from '@passage/ledger';

const ECDSA_SHA256 = derElement(
  DerTag.SEQUENCE,
  derElement(DerTag.OID, Buffer.from('2a8648ce3d040302', 'hex')),
);

/** A certificate (PEM) that vouches for nothing, with the validity that a test asks for. */
export function certificateFor(name: string, notBefore: Date, notAfter: Date): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const body = derElement(
    DerTag.SEQUENCE,
    derInteger(1),
    ECDSA_SHA256,
    commonName(name),
    derElement(DerTag.SEQUENCE, time(notBefore), time(notAfter)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = derElement(DerTag.BIT_STRING, Uint8Array.of(0), sign('sha256', body, privateKey));
  const base64 = Buffer.from(derElement(DerTag.SEQUENCE, body, ECDSA_SHA256, signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function commonName(name: string): Uint8Array {
  const oid = derElement(DerTag.OID, Uint8Array.of(0x55, 0x04, 0x03));
  const attribute = derElement(DerTag.SEQUENCE, oid, derElement(0x0c, Buffer.from(name)));
  return derElement(DerTag.SEQUENCE, derElement(DerTag.SET, attribute));
}

function time(date: Date): Uint8Array {
  const text = `${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  return derElement(DerTag.GENERALIZED_TIME, Buffer.from(text));
}
