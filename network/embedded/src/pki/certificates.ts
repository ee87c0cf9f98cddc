import 'reflect-metadata';

import { KeyObject, randomBytes, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';

import { DerReader, DerTag, derElement, toLowS } from '@passage/ledger';
import * as x509 from '@peculiar/x509';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Certificates start five minutes early, as fabric-ca's do, so that a clock a little behind accepts them. */
const BACKDATE_MS = 5 * 60_000;
const YEAR_MS = 365 * 24 * 3_600_000;
const AUTHORITY_YEARS = 15;
const LEAF_YEARS = 5;

/** Fabric CA's attributes: the value is raw UTF-8 JSON, not an ASN.1 string (F:common/attrmgr/attrmgr.go). */
const ATTRIBUTES_OID = '1.2.3.4.5.6.7.8.1';

export interface Subject {
  readonly commonName: string;
  /** The node OU: exactly one of client, peer, admin, orderer in an identity; absent in TLS certificates. */
  readonly unit?: string;
  readonly organization: string;
}

/** A key pair as made here; the private half leaves as PKCS#8 PEM. */
export interface FreshKey {
  readonly publicKey: webcrypto.CryptoKey;
  readonly privateKey: webcrypto.CryptoKey;
  readonly pem: string;
}

/** A certificate authority that is able to sign. */
export interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/** What an end-entity certificate is for; decides its extensions. */
export type LeafPurpose =
  | { readonly kind: 'identity'; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'tls' };

export async function createKey(): Promise<FreshKey> {
  const pair = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  return {
    ...pair,
    pem: KeyObject.from(pair.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Makes a self-signed root: certSign, crlSign and digitalSignature, no intermediate below it. */
export async function createAuthority(subject: Subject, key: FreshKey, now: Date): Promise<Authority> {
  const name = nameOf(subject);
  const certificate = await sign({
    subject: name,
    issuer: name,
    publicKey: key.publicKey,
    signingKey: key.privateKey,
    ...validity(now, AUTHORITY_YEARS),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(key.publicKey),
    ],
  });
  return { certificate, key: key.privateKey };
}

/** Reads an authority back from its two PEM texts. */
export async function loadAuthority(certificatePem: string, keyPem: string): Promise<Authority> {
  const der = x509.PemConverter.decodeFirst(keyPem);
  const key = await webcrypto.subtle.importKey('pkcs8', der, P256, false, ['sign']);
  return { certificate: new x509.X509Certificate(certificatePem), key };
}

/** Issues one end-entity certificate and returns it as PEM. */
export async function issue(
  authority: Authority,
  subject: Subject,
  publicKey: webcrypto.CryptoKey | x509.PublicKey,
  purpose: LeafPurpose,
  now: Date,
): Promise<string> {
  const certificate = await sign({
    subject: nameOf(subject),
    issuer: authority.certificate.subjectName.toJSON(),
    publicKey,
    signingKey: authority.key,
    ...validity(now, LEAF_YEARS),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
      ...purposeExtensions(purpose),
    ],
  });
  return pemOf(certificate);
}

export function pemOf(certificate: x509.X509Certificate): string {
  return new NodeCertificate(Buffer.from(certificate.rawData)).toString();
}

function purposeExtensions(purpose: LeafPurpose): x509.Extension[] {
  if (purpose.kind === 'identity') {
    const json = JSON.stringify({ attrs: purpose.attributes });
    return [new x509.Extension(ATTRIBUTES_OID, false, Buffer.from(json, 'utf8'))];
  }
  return [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
    new x509.SubjectAlternativeNameExtension([
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ]),
  ];
}

type SigningRequest = Omit<x509.X509CertificateCreateWithKeyParams, 'serialNumber' | 'signingAlgorithm'>;

async function sign(request: SigningRequest): Promise<x509.X509Certificate> {
  const certificate = await x509.X509CertificateGenerator.create({
    ...request,
    serialNumber: serialNumber(),
    signingAlgorithm: ECDSA_SHA256,
  });
  return withLowS(certificate);
}

/**
 * The certificate with the low S of its signature's two: a Fabric MSP rewrites certificates with the high one, and then
 * their bytes no longer equal those in a creator field (F:msp/cert.go sanitizeECDSASignedCert).
 */
function withLowS(certificate: x509.X509Certificate): x509.X509Certificate {
  const signature = toLowS(new Uint8Array(certificate.signature), 'P-256');
  const fields = new DerReader(new Uint8Array(certificate.rawData)).enter(DerTag.SEQUENCE);
  const [body, algorithm] = [fields.next().raw, fields.next().raw];
  const bits = derElement(DerTag.BIT_STRING, Uint8Array.of(0), signature);
  return new x509.X509Certificate(Buffer.from(derElement(DerTag.SEQUENCE, body, algorithm, bits)));
}

/** 16 random bytes, positive and without a leading zero (RFC 5280 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function validity(now: Date, years: number): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(now.getTime() - BACKDATE_MS),
    notAfter: new Date(now.getTime() + years * YEAR_MS),
  };
}

function nameOf(subject: Subject): x509.JsonName {
  const unit = subject.unit === undefined ? [] : [{ OU: [subject.unit] }];
  return [{ O: [subject.organization] }, ...unit, { CN: [subject.commonName] }];
}
