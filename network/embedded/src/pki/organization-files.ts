import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { OrganizationNames } from '../organizations.js';
import { organizationPaths, type PairName } from '../paths.js';
import {
  createAuthority,
  createKey,
  issue,
  pemOf,
  type Authority,
  type LeafPurpose,
  type Subject,
} from './certificates.js';
import { nodeOusYaml } from './msp-folder.js';

/** Readable by the owner alone. */
const PRIVATE = { mode: 0o600 };

/** The identities that every organisation starts with; the node OU has the same name. */
const IDENTITIES: readonly PairName[] = ['peer', 'orderer', 'admin'];
const TLS_ENDPOINTS: readonly PairName[] = ['server', 'chaincode', 'chaincode-client'];

/** Makes one organisation's two CAs and all its certificates, and writes them below `folder`. */
export async function createOrganizationFiles(
  folder: string,
  names: OrganizationNames,
  now: Date,
): Promise<void> {
  const organization = organizationTitle(names.name);
  const paths = organizationPaths(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });

  const identityCa = await createRoot({ commonName: `${names.name} identity CA`, organization }, now);
  const tlsCa = await createRoot({ commonName: `${names.name} TLS CA`, organization }, now);

  const leaves = [
    ...IDENTITIES.map((name) => {
      const subject = { commonName: name, unit: name, organization };
      return writePair(folder, name, identityCa.authority, subject, identityPurpose(name, name), now);
    }),
    ...TLS_ENDPOINTS.map((name) => {
      const subject = { commonName: `${name}.${names.name}`, organization };
      return writePair(folder, name, tlsCa.authority, subject, { kind: 'tls' }, now);
    }),
  ];
  await Promise.all([
    ...leaves,
    writeFile(paths.caCert, identityCa.certificatePem),
    writeFile(paths.caKey, identityCa.keyPem, PRIVATE),
    writeFile(paths.tlsCaCert, tlsCa.certificatePem),
    writeFile(paths.tlsCaKey, tlsCa.keyPem, PRIVATE),
    writeFile(paths.registrar, registrarJson(), PRIVATE),
    writeMspFolder(paths.msp, identityCa.certificatePem, tlsCa.certificatePem),
  ]);
}

/** Subject organisation of every certificate: nobody should take one for a production certificate. */
export function organizationTitle(name: string): string {
  return `${name} (Passage embedded development network)`;
}

/** Attributes that fabric-ca puts into every enrolment certificate, and the registered ones. */
export function identityPurpose(
  id: string,
  type: string,
  attributes: Readonly<Record<string, string>> = {},
): LeafPurpose {
  return {
    kind: 'identity',
    attributes: { 'hf.Affiliation': '', 'hf.EnrollmentID': id, 'hf.Type': type, ...attributes },
  };
}

interface Root {
  readonly authority: Authority;
  readonly certificatePem: string;
  readonly keyPem: string;
}

async function createRoot(subject: Subject, now: Date): Promise<Root> {
  const key = await createKey();
  const authority = await createAuthority(subject, key, now);
  return { authority, certificatePem: pemOf(authority.certificate), keyPem: key.pem };
}

async function writePair(
  folder: string,
  name: PairName,
  authority: Authority,
  subject: Subject,
  purpose: LeafPurpose,
  now: Date,
): Promise<void> {
  const { cert, key: keyFile } = organizationPaths(folder).pair(name);
  const key = await createKey();
  const certificate = await issue(authority, subject, key.publicKey, purpose, now);
  await mkdir(dirname(cert), { recursive: true, mode: 0o700 });
  await Promise.all([writeFile(cert, certificate), writeFile(keyFile, key.pem, PRIVATE)]);
}

async function writeMspFolder(folder: string, caCert: string, tlsCaCert: string): Promise<void> {
  await Promise.all(['cacerts', 'tlscacerts'].map((name) => mkdir(join(folder, name), { recursive: true })));
  await Promise.all([
    writeFile(join(folder, 'cacerts', 'ca-cert.pem'), caCert),
    writeFile(join(folder, 'tlscacerts', 'tlsca-cert.pem'), tlsCaCert),
    writeFile(join(folder, 'config.yaml'), nodeOusYaml()),
  ]);
}

function registrarJson(): string {
  return `${JSON.stringify({ id: 'registrar', secret: randomBytes(18).toString('base64url') }, null, 2)}\n`;
}
