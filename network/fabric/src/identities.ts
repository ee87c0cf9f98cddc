import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
  type CaName,
  type CaServer,
  enroll,
  type IdentityType,
  type KeyPair,
  register,
} from './ca-client.js';
import { certificateRequest } from './certificate-request.js';
import { readRegistrar, type Registrar } from './config-files.js';
import { readIfThere, writeWhole } from './files.js';
import { writeMspRoots } from './msp-folders.js';
import type { FabricPaths, MemberName, OrganizationFiles, PairFiles } from './paths.js';
import type { Organization } from './topology.js';

/** Who is registered at each CA, and as what. The chaincode server has no identity on the channel, only TLS. */
const REGISTERED: Readonly<Record<MemberName | 'chaincode', IdentityType>> = {
  peer: 'peer',
  orderer: 'orderer',
  admin: 'admin',
  chaincode: 'client',
};

const MEMBERS: readonly MemberName[] = ['peer', 'orderer', 'admin'];

/** One organisation on its way to its certificates. */
interface Enrolment {
  readonly organization: Organization;
  readonly files: OrganizationFiles;
  readonly server: CaServer;
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
      if (isComplete(files)) return;
      const server = { url: `https://${organization.tlsName}:${organization.port.ca}`, root: files.caCert };
      await enrolOrganization({ organization, files, server, registrar: readRegistrar(files) });
    }),
  );
}

/** Whether an organisation has all its certificates: the client CA of the chaincode is written last. */
export function isComplete(files: OrganizationFiles): boolean {
  return readIfThere(files.chaincodeClientCa) !== undefined;
}

async function enrolOrganization(enrolment: Enrolment): Promise<void> {
  const { files, registrar, server, organization } = enrolment;
  writeMspRoots(files.msp, files);
  const request = await certificateRequest(registrar.id, organization.name);
  const acting: KeyPair = { key: request.key, cert: await enroll(server, 'ca', registrar, request.csr) };
  for (const [name, type] of Object.entries(REGISTERED))
    await register(server, acting, { id: name, type, secret: secretOf(registrar, name) });
  for (const name of MEMBERS) {
    const member = files.member(name);
    writeMspRoots(member.msp, files);
    await obtain(enrolment, name, 'ca', member.identity);
    await obtainTls(enrolment, name, member.tls);
  }
  await obtainTls(enrolment, 'chaincode', files.chaincodeTls);
  writeWhole(files.chaincodeClientCa, readFileSync(files.tlsCaCert, 'utf8'));
}

/** Made from the registrar's, so that a bring-up that was cut short finds the same ones again. */
function secretOf(registrar: Registrar, name: string): string {
  return createHmac('sha256', registrar.secret).update(name).digest('base64url');
}

async function obtainTls(enrolment: Enrolment, name: string, files: PairFiles): Promise<void> {
  await obtain(enrolment, name, 'tlsca', files);
  writeWhole(join(dirname(files.cert), 'ca.pem'), readFileSync(enrolment.files.tlsCaCert, 'utf8'));
}

async function obtain(
  { organization, server, registrar }: Enrolment,
  name: string,
  ca: CaName,
  files: PairFiles,
): Promise<void> {
  const { key, csr } = await certificateRequest(name, organization.name);
  const hosts = [...new Set([organization.tlsName, '127.0.0.1', organization.host])];
  const cert = await enroll(server, ca, { id: name, secret: secretOf(registrar, name) }, csr, hosts);
  writeWhole(files.key, key);
  writeWhole(files.cert, cert);
}
