import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { json, readIfThere, writeWhole } from './files.js';
import { BUILDER, type FabricPaths, type OrganizationFiles, TEMPLATES } from './paths.js';
import { fill, type TemplateValues } from './template.js';
import type { Organization } from './topology.js';

/** The CA's registrar: who may register others, as `registrar.json` holds it. */
export interface Registrar {
  readonly id: string;
  readonly secret: string;
}

/**
 * Writes every configuration file of the organisations, again at every start: the folder may have moved. Nothing else
 * knows an address.
 */
export function writeConfigFiles(paths: FabricPaths, organizations: readonly Organization[]): void {
  for (const organization of organizations) {
    const files = paths.organization(organization.name);
    writeCaConfigs(files, organization);
    writeNodeConfig(files.member('peer').folder, 'core.yaml', organization);
    if (organization.orders) writeNodeConfig(files.member('orderer').folder, 'orderer.yaml', organization);
    writeChaincodeServer(files, organization);
  }
  const byName = Object.fromEntries(
    organizations.map((organization) => [organization.name, valuesOf(organization)]),
  );
  writeWhole(join(paths.network, 'configtx.yaml'), filled('configtx.yaml', byName));
}

export function readRegistrar(files: OrganizationFiles): Registrar {
  return JSON.parse(readFileSync(files.registrar, 'utf8')) as Registrar;
}

/** Two CAs in one server: each has a folder of its own, the register of identities is shared. */
function writeCaConfigs(files: OrganizationFiles, organization: Organization): void {
  if (readIfThere(files.registrar) === undefined)
    writeWhole(files.registrar, json({ id: 'registrar', secret: randomBytes(18).toString('base64url') }));
  const { id, secret } = readRegistrar(files);
  for (const ca of ['ca', 'tlsca']) {
    const values = { ...valuesOf(organization), ca, folder: files.caHome, registrar: { id, secret } };
    writeWhole(
      join(files.caHome, ca, 'fabric-ca-server-config.yaml'),
      filled('fabric-ca-server-config.yaml', values),
    );
  }
}

function writeNodeConfig(folder: string, template: string, organization: Organization): void {
  writeWhole(
    join(folder, template),
    filled(template, { ...valuesOf(organization), folder, builder: BUILDER }),
  );
}

/** What is local to this peer about the chaincode server; the peer presents its own TLS certificate there. */
function writeChaincodeServer(files: OrganizationFiles, { host, tlsName, port }: Organization): void {
  const peer = files.member('peer');
  const server = json({
    address: `${host}:${port.chaincode}`,
    domain: tlsName,
    rootCert: files.tlsCaCert,
    clientCert: peer.tls.cert,
    clientKey: peer.tls.key,
  });
  if (readIfThere(files.chaincodeServer) === server) return;
  writeWhole(files.chaincodeServer, server);
  // The peer keeps what the builder once made of it.
  rmSync(join(peer.folder, 'data', 'externalbuilder', 'builds'), { recursive: true, force: true });
}

function valuesOf({ name, mspId, host, tlsName, port }: Organization): TemplateValues {
  return { name, mspId, host, tlsName, port };
}

function filled(template: string, values: TemplateValues): string {
  return fill(readFileSync(join(TEMPLATES, template), 'utf8'), values);
}
