import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { json, readIfThere, writeWhole } from './files.js';
import { BUILDER, type FabricPaths, type OrganizationFiles, TEMPLATES } from './paths.js';
import { fill, type TemplateValues } from './template.js';
import { type Organization, peersOf, type PeerSite } from './topology.js';

/** The CA's registrar: who may register others, as `registrar.json` holds it. */
export interface Registrar {
  readonly id: string;
  readonly secret: string;
}

/**
 * Writes every configuration file of an organisation, again at every start: the folder may have moved. Nothing but these and
 * configtx.yaml knows an address.
 */
export function writeConfigFiles(paths: FabricPaths, organization: Organization): void {
  const files = paths.organization(organization.name);
  writeCaConfigs(files, organization);
  if (organization.orders)
    writeNodeConfig(files.member('orderer').folder, 'orderer.yaml', valuesOf(organization));
  for (const peer of peersOf(organization)) {
    writeNodeConfig(files.member(peer.name).folder, 'core.yaml', peerValues(organization, peer));
    writeChaincodeServer(files, organization, peer);
  }
}

/** Writes configtx.yaml, from which the genesis block is made: it names everybody. */
export function writeConfigtx(paths: FabricPaths, organizations: readonly Organization[]): void {
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

function writeNodeConfig(folder: string, template: string, values: TemplateValues): void {
  writeWhole(join(folder, template), filled(template, { ...values, folder, builder: BUILDER }));
}

/** A peer meets the others through the organisation's other peer; an only one begins with itself. */
function peerValues(organization: Organization, peer: PeerSite): TemplateValues {
  const { host, port } = peersOf(organization).find(({ name }) => name !== peer.name) ?? peer;
  return {
    ...valuesOf(organization),
    host: peer.host,
    port: { ...organization.port, ...peer.port },
    peer: peer.name,
    bootstrap: `${host}:${String(port.peer)}`,
  };
}

/** What is local to this peer about the chaincode server; the peer presents its own TLS certificate there. */
function writeChaincodeServer(
  files: OrganizationFiles,
  { tlsName }: Organization,
  { name, host, port }: PeerSite,
): void {
  const peer = files.member(name);
  const path = files.chaincodeServer(name);
  const server = json({
    address: `${host}:${port.chaincode}`,
    domain: tlsName,
    rootCert: files.tlsCaCert,
    clientCert: peer.tls.cert,
    clientKey: peer.tls.key,
  });
  if (readIfThere(path) === server) return;
  writeWhole(path, server);
  // The peer keeps what the builder once made of it.
  rmSync(join(peer.folder, 'data', 'externalbuilder', 'builds'), { recursive: true, force: true });
}

function valuesOf(organization: Organization): TemplateValues {
  const { name, mspId, host, tlsName, port } = organization;
  // YAML flow style: one line, however many peers there are.
  const anchors = peersOf(organization)
    .map((peer) => `{ Host: ${peer.host}, Port: ${String(peer.port.peer)} }`)
    .join(', ');
  return { name, mspId, host, tlsName, port, anchors: `[${anchors}]` };
}

function filled(template: string, values: TemplateValues): string {
  return fill(readFileSync(join(TEMPLATES, template), 'utf8'), values);
}
