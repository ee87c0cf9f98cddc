import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { DerReader, DerTag, concatBytes, derElement, derInteger, utf8 } from '../codec/index.js';
import { readCertificate, toLowS } from '../identity/index.js';
import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../identity/index.js';

/** A certificate authority or an identity made for a test, with its private key. */
export interface TestIdentity {
  readonly certificate: Certificate;
  readonly pem: Uint8Array;
  readonly key: KeyObject;
}

export interface CertificateOptions {
  readonly commonName?: string;
  readonly units?: readonly string[];
  readonly isCa?: boolean;
  readonly maxPathLength?: number;
  readonly purposes?: readonly string[];
  /** UTCTime, such as `260101000000Z`. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly keyType?: 'ec' | 'ed25519';
  readonly attributes?: Readonly<Record<string, string>>;
  /** An extension that nobody knows, critical. */
  readonly strangeExtension?: boolean;
  /** Key usage bits, instead of those that fit `isCa`. */
  readonly usage?: number;
  /** A key pair to use instead of a new one. */
  readonly reuse?: TestIdentity;
  /** Write the public key as a compressed point. */
  readonly compressed?: boolean;
  /** Leave the signature as it comes or make S high, instead of low. */
  readonly highS?: boolean;
}

let lastSerial = 1000;

/** A certificate by an issuer, or by itself where none is given. */
export function issue(issuer: TestIdentity | undefined, options: CertificateOptions): TestIdentity {
  const privateKey = options.reuse?.key ?? newKey(options.keyType);
  const subject = nameOf(options);
  const keyIdentifier = utf8(`key ${++lastSerial}`);
  const signed = derElement(
    DerTag.SEQUENCE,
    derElement(0xa0, derInteger(2)),
    derInteger(lastSerial),
    ECDSA_WITH_SHA256,
    issuer?.certificate.subject ?? subject,
    derElement(
      DerTag.SEQUENCE,
      derElement(DerTag.UTC_TIME, utf8(options.notBefore ?? '250101000000Z')),
      derElement(DerTag.UTC_TIME, utf8(options.notAfter ?? '350101000000Z')),
    ),
    subject,
    publicKeyInfo(privateKey, options.compressed === true),
    derElement(0xa3, derElement(DerTag.SEQUENCE, ...extensionsOf(options, keyIdentifier))),
  );
  const raw = signedDer(signed, issuer?.key ?? privateKey, options.highS === true);
  return { certificate: readCertificate(raw), pem: pemOf(raw), key: privateKey };
}

function newKey(keyType: CertificateOptions['keyType']): KeyObject {
  const isEd25519 = keyType === 'ed25519';
  const pair = isEd25519
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return pair.privateKey;
}

/** Length of the point at the end of a P-256 SubjectPublicKeyInfo. */
const POINT_BYTES = 65;

function publicKeyInfo(privateKey: KeyObject, compressed: boolean): Uint8Array {
  const whole = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  if (!compressed) return whole;
  const algorithm = new DerReader(new DerReader(whole).expect(DerTag.SEQUENCE).content).next().raw;
  const point = whole.subarray(-POINT_BYTES);
  const sign = 2 + ((point.at(-1) ?? 0) % 2);
  const bits = derElement(DerTag.BIT_STRING, Uint8Array.of(0, sign), point.subarray(1, 33));
  return derElement(DerTag.SEQUENCE, algorithm, bits);
}

/** A revocation list by a CA, DER; `signer` may be somebody else. */
export function revoke(ca: TestIdentity, revoked: readonly TestIdentity[], signer = ca): Uint8Array {
  const now = derElement(DerTag.UTC_TIME, utf8('260101000000Z'));
  const authority = derElement(DerTag.SEQUENCE, derElement(0x80, ca.certificate.subjectKeyIdentifier!));
  const signed = derElement(
    DerTag.SEQUENCE,
    derInteger(1),
    ECDSA_WITH_SHA256,
    ca.certificate.subject,
    now,
    now,
    derElement(
      DerTag.SEQUENCE,
      ...revoked.map(({ certificate }) =>
        derElement(
          DerTag.SEQUENCE,
          derElement(DerTag.INTEGER, Buffer.from(certificate.serialNumber, 'hex')),
          now,
        ),
      ),
    ),
    derElement(0xa0, derElement(DerTag.SEQUENCE, extension('2.5.29.35', authority))),
  );
  return signedDer(signed, signer.key, false);
}

/** Signs as Fabric's clients do. */
export function signer(key: KeyObject): (message: Uint8Array) => Uint8Array {
  if (key.asymmetricKeyType === 'ed25519') return (message) => sign(null, message, key);
  return (message) => toLowS(sign('sha256', message, key), 'P-256');
}

const ECDSA_WITH_SHA256 = derElement(DerTag.SEQUENCE, derOid('1.2.840.10045.4.3.2'));

function signedDer(signed: Uint8Array, key: KeyObject, highS: boolean): Uint8Array {
  let signature = sign('sha256', signed, key);
  while ((toLowS(signature, 'P-256') === signature) === highS) signature = sign('sha256', signed, key);
  return derElement(
    DerTag.SEQUENCE,
    signed,
    ECDSA_WITH_SHA256,
    derElement(DerTag.BIT_STRING, Uint8Array.of(0), signature),
  );
}

function nameOf({ commonName = 'somebody', units = [] }: CertificateOptions): Uint8Array {
  const attribute = (oid: string, value: string): Uint8Array =>
    derElement(DerTag.SET, derElement(DerTag.SEQUENCE, derOid(oid), derElement(0x0c, utf8(value))));
  return derElement(
    DerTag.SEQUENCE,
    ...units.map((unit) => attribute('2.5.4.11', unit)),
    attribute('2.5.4.3', commonName),
  );
}

function extensionsOf(options: CertificateOptions, keyIdentifier: Uint8Array): Uint8Array[] {
  const { isCa, maxPathLength, purposes, attributes, strangeExtension } = options;
  const constraints = [
    ...(isCa === true ? [derElement(DerTag.BOOLEAN, Uint8Array.of(0xff))] : []),
    ...(maxPathLength === undefined ? [] : [derInteger(maxPathLength)]),
  ];
  const usage = Uint8Array.of(1, options.usage ?? (isCa === true ? 0x06 : 0x80));
  return [
    extension('2.5.29.19', derElement(DerTag.SEQUENCE, ...constraints), true),
    extension('2.5.29.15', derElement(DerTag.BIT_STRING, usage), true),
    extension('2.5.29.14', derElement(DerTag.OCTET_STRING, keyIdentifier)),
    ...(purposes ? [extension('2.5.29.37', derElement(DerTag.SEQUENCE, ...purposes.map(derOid)))] : []),
    ...(attributes ? [extension('1.2.3.4.5.6.7.8.1', utf8(JSON.stringify({ attrs: attributes })))] : []),
    ...(strangeExtension === true ? [extension('1.2.3.4.5', utf8('?'), true)] : []),
  ];
}

function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return derElement(
    DerTag.SEQUENCE,
    derOid(oid),
    ...(critical ? [derElement(DerTag.BOOLEAN, Uint8Array.of(0xff))] : []),
    derElement(DerTag.OCTET_STRING, value),
  );
}

function derOid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return derElement(DerTag.OID, concatBytes(...[40 * first + second, ...rest].map(base128)));
}

function base128(value: number): Uint8Array {
  const digits = [value % 0x80];
  for (let left = Math.floor(value / 0x80); left > 0; left = Math.floor(left / 0x80)) {
    digits.unshift((left % 0x80) | 0x80);
  }
  return Uint8Array.from(digits);
}

export function pemOf(der: Uint8Array): Uint8Array {
  const lines = Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return utf8(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
}
