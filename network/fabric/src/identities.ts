import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
  CaClient,
  type CertificateHolder,
  certificateRequest,
  EnrolmentError,
  holderOf,
  type IdentityType,
  newKeyPem,
  pemKey,
} from '@passage/enrolment';

import { readRegistrar, type Registrar } from './config-files.js';
import { FabricError } from './errors.js';
import { readIfThere, writeWhole } from './files.js';
import { writeMspRoots } from './msp-folders.js';
import type { FabricPaths, MemberName, OrganizationFiles, PairFiles } from './paths.js';
import { type Organization, peersOf } from './topology.js';

/** Who is registered at each CA, and as what. The chaincode server has no identity on the channel, only TLS. */
const REGISTERED: Readonly<Record<MemberName | 'chaincode', IdentityType>> = {
  peer: 'peer',
  peer2: 'peer',
  orderer: 'orderer',
  admin: 'admin',
  chaincode: 'client',
};

/** The identities that an organisation has: its peers, its orderer, its administrator. */
function membersOf(organization: Organization): readonly MemberName[] {
  return [...peersOf(organization).map(({ name }) => name), 'orderer', 'admin'];
}

/** Which of the server's two CAs certifies: who somebody is, or a TLS endpoint. */
type CaName = 'ca' | 'tlsca';

/** One organisation on its way to its certificates. */
interface Enrolment {
  readonly organization: Organization;
  readonly files: OrganizationFiles;
  readonly cas: Readonly<Record<CaName, CaClient>>;
  readonly registrar: Registrar;
}

/**
 * Gets every organisation's certificates from its own CA, all four at once; keys are made here and never leave their
 * folders. What is there already stays.
 *
 * @throws FabricError CA_REFUSED
 */
export async function enrolOrganizations(
  paths: FabricPaths,
  organizations: readonly Organization[],
): Promise<void> {
  await Promise.all(
    organizations.map(async (organization) => {
      const files = paths.organization(organization.name);
      if (isComplete(paths, organization)) return;
      const url = `https://${organization.tlsName}:${organization.port.ca}`;
      const client = (name: CaName): CaClient => new CaClient({ url, name, tlsRootFile: files.caCert });
      const cas = { ca: client('ca'), tlsca: client('tlsca') };
      await enrolOrganization({ organization, files, cas, registrar: readRegistrar(files) });
    }),
  );
}

/** Whether an organisation has all its certificates: the client CA of the chaincode is written last. */
export function isComplete(paths: FabricPaths, organization: Organization): boolean {
  const files = paths.organization(organization.name);
  const members = membersOf(organization).map((name) => files.member(name));
  const certificates = members.flatMap(({ identity, tls }) => [identity.cert, tls.cert]);
  const parts = [...certificates, files.chaincodeTls.cert, files.chaincodeClientCa];
  return parts.every((file) => readIfThere(file) !== undefined);
}

async function enrolOrganization(enrolment: Enrolment): Promise<void> {
  const { files, registrar } = enrolment;
  writeMspRoots(files.msp, files);
  const { key, cert } = await certified(enrolment, 'ca', registrar.id, registrar.secret);
  const acting = holderOf(cert, pemKey(key, registrar.id));
  const members = membersOf(enrolment.organization);
  for (const name of [...members, 'chaincode'] as const)
    await register(enrolment, acting, name, REGISTERED[name]);
  for (const name of members) {
    const member = files.member(name);
    writeMspRoots(member.msp, files);
    await obtain(enrolment, name, 'ca', member.identity);
    await obtainTls(enrolment, name, member.tls);
  }
  await obtainTls(enrolment, 'chaincode', files.chaincodeTls);
  writeWhole(files.chaincodeClientCa, readFileSync(files.tlsCaCert, 'utf8'));
}

/** The same again is fine: a bring-up may have been cut short. */
async function register(
  { cas, registrar }: Enrolment,
  acting: CertificateHolder,
  id: string,
  type: IdentityType,
): Promise<void> {
  try {
    await cas.ca.register(acting, { id, type, secret: secretOf(registrar, id), maxEnrollments: -1 });
  } catch (error) {
    if (!(error instanceof EnrolmentError && error.code === 'ID_TAKEN')) throw caRefused(error);
  }
}

/** Made from the registrar's, so that a bring-up that was cut short finds the same ones again. */
function secretOf(registrar: Registrar, name: string): string {
  return createHmac('sha256', registrar.secret).update(name).digest('base64url');
}

async function obtainTls(enrolment: Enrolment, name: string, files: PairFiles): Promise<void> {
  await obtain(enrolment, name, 'tlsca', files);
  writeWhole(join(dirname(files.cert), 'ca.pem'), readFileSync(enrolment.files.tlsCaCert, 'utf8'));
}

/** A certificate that is there stays: the channel's configuration names the orderer's. */
async function obtain(enrolment: Enrolment, name: string, ca: CaName, files: PairFiles): Promise<void> {
  if (readIfThere(files.cert) !== undefined) return;
  const { key, cert } = await certified(enrolment, ca, name, secretOf(enrolment.registrar, name));
  writeWhole(files.key, key);
  writeWhole(files.cert, cert);
}

/** A new key and its certificate, both PEM. */
async function certified(
  { organization, cas }: Enrolment,
  ca: CaName,
  id: string,
  secret: string,
): Promise<{ readonly key: string; readonly cert: string }> {
  const key = newKeyPem();
  const subject = { commonName: id, organization: organization.name };
  const csr = await certificateRequest(pemKey(key, id), subject);
  // All its peers' addresses in each: a client that falls back on the second expects the name of the first.
  const addresses = peersOf(organization).map(({ host }) => host);
  const hosts = [...new Set([organization.tlsName, '127.0.0.1', ...addresses])];
  try {
    const { cert } = await cas[ca].enroll(id, secret, csr, ca === 'tlsca' ? hosts : undefined);
    return { key, cert };
  } catch (error) {
    throw caRefused(error);
  }
}

function caRefused(error: unknown): unknown {
  if (!(error instanceof EnrolmentError)) return error;
  return new FabricError('CA_REFUSED', error.sentence, { cause: error });
}
