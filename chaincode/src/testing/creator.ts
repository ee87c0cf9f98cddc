import { generateKeyPairSync, sign } from 'node:crypto';
import { bitString, der, integer, octetString, oid, sequence, set, utcTime, utf8String } from './der.js';

/** Who sends a transaction: an MSP id and a PEM certificate, as the peer hands them to chaincode. */
export interface Creator {
  readonly mspid: string;
  readonly idBytes: Uint8Array;
}

export interface CreatorOptions {
  readonly mspId: string;
  /** The organisational units of the subject; Fabric's node OU is one of them. */
  readonly units?: readonly string[];
  readonly commonName?: string;
  /** Attributes as Fabric's CA writes them into the certificate. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** The private key behind every certificate of this process, PKCS #8 in PEM. */
export const creatorKey = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** A creator with a self-signed certificate: chaincode reads it, and leaves its chain to the peer. */
export function creator({
  mspId,
  units = ['client'],
  commonName = 'someone',
  attributes,
}: CreatorOptions): Creator {
  const subject = name([...units.map((unit) => ['2.5.4.11', unit] as const), ['2.5.4.3', commonName]]);
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    subject,
    sequence(utcTime('260101000000Z'), utcTime('360101000000Z')),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(attributes ? [der(0xa3, sequence(attributeExtension(attributes)))] : []),
  );
  const certificate = sequence(
    toBeSigned,
    ecdsaWithSha256,
    bitString(sign('sha256', toBeSigned, privateKey)),
  );
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    mspid: mspId,
    idBytes: Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`),
  };
}

function name(parts: readonly (readonly [type: string, value: string])[]): Buffer {
  return sequence(...parts.map(([type, value]) => set(sequence(oid(type), utf8String(value)))));
}

function attributeExtension(attrs: Readonly<Record<string, string>>): Buffer {
  return sequence(oid('1.2.3.4.5.6.7.8.1'), octetString(Buffer.from(JSON.stringify({ attrs }))));
}
