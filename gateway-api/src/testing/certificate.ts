import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { DerTag, derElement, derInteger } from '@passage/ledger';

const ECDSA_SHA256 = derElement(
  DerTag.SEQUENCE,
  derElement(DerTag.OID, Buffer.from('2a8648ce3d040302', 'hex')),
);

/** What a test's certificate says besides its name. */
interface Contents {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Attributes as Fabric's CA writes them. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly pair?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

const CENTURY = { notBefore: new Date('2000-01-01'), notAfter: new Date('2099-01-01') };

/** A certificate (PEM) that vouches for nothing. */
export function certificateFor(name: string, contents: Contents = {}): string {
  const { notBefore, notAfter, attributes, pair } = { ...CENTURY, attributes: {}, ...contents };
  const { publicKey, privateKey } = pair ?? generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const body = derElement(
    DerTag.SEQUENCE,
    derElement(0xa0, derInteger(2)),
    derInteger(1),
    ECDSA_SHA256,
    commonName(name),
    derElement(DerTag.SEQUENCE, time(notBefore), time(notAfter)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    derElement(0xa3, derElement(DerTag.SEQUENCE, attributesExtension(attributes))),
  );
  const signature = derElement(DerTag.BIT_STRING, Uint8Array.of(0), sign('sha256', body, privateKey));
  const base64 = Buffer.from(derElement(DerTag.SEQUENCE, body, ECDSA_SHA256, signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
}

/** fabric-ca, lib/attrmgr: OID 1.2.3.4.5.6.7.8.1, the JSON text as it is. */
function attributesExtension(attrs: Readonly<Record<string, string>>): Uint8Array {
  const oid = derElement(DerTag.OID, Uint8Array.of(0x2a, 3, 4, 5, 6, 7, 8, 1));
  const value = derElement(DerTag.OCTET_STRING, Buffer.from(JSON.stringify({ attrs })));
  return derElement(DerTag.SEQUENCE, oid, value);
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
