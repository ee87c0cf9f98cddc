import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { encode, SerializedIdentity } from '@passage/ledger';

import type { Organization, Signer } from '../network.js';
import { ORGANIZATIONS, portsOf, type OrganizationNames } from '../organizations.js';
import { organizationPaths, type NetworkPaths, type OrganizationPaths } from '../paths.js';
import { signLowS } from './low-s.js';

/**
 * Makes every organisation's keys and certificates unless they are there already. They are made in a folder beside and
 * moved into place at the end, so that a run which is killed half-way leaves nothing that looks complete.
 */
export async function ensureOrganizations(paths: NetworkPaths, now: Date): Promise<void> {
  if (existsSync(paths.orgs)) return;
  // The X.509 library takes a third of a second to load, and a restart does not need it.
  const { createOrganizationFiles } = await import('./organization-files.js');
  const fresh = `${paths.orgs}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await Promise.all(
    ORGANIZATIONS.map((names) => createOrganizationFiles(join(fresh, names.name), names, now)),
  );
  const files = ORGANIZATIONS.map(({ name }) => organizationPaths(join(fresh, name)));
  // In fast mode one chaincode process serves the peers of all four.
  const roots = files.map(({ tlsCaCert }) => readFileSync(tlsCaCert, 'utf8')).join('');
  await Promise.all(files.map(({ chaincodeClientCa }) => writeFile(chaincodeClientCa, roots)));
  await rename(fresh, paths.orgs);
}

/** Reads the organisations that `ensureOrganizations` has made. */
export function loadOrganizations(paths: NetworkPaths, basePort: number): readonly Organization[] {
  return ORGANIZATIONS.map((names) => loadOrganization(names, paths.organization(names.name), basePort));
}

function loadOrganization(
  names: OrganizationNames,
  paths: OrganizationPaths,
  basePort: number,
): Organization {
  const text = (path: string): string => readFileSync(path, 'utf8');
  const signer = (name: 'peer' | 'orderer' | 'admin'): Signer => {
    const pair = paths.pair(name);
    return createSigner(names.mspId, text(pair.cert), text(pair.key));
  };
  const tls = (name: 'server' | 'chaincode-client'): Organization['serverTls'] => {
    const pair = paths.pair(name);
    return { certificatePem: text(pair.cert), keyPem: text(pair.key) };
  };
  return {
    ...names,
    ports: portsOf(basePort, names.index),
    peer: signer('peer'),
    orderer: signer('orderer'),
    admin: signer('admin'),
    caRootPem: text(paths.caCert),
    tlsRootPem: text(paths.tlsCaCert),
    serverTls: tls('server'),
    chaincodeClientTls: tls('chaincode-client'),
  };
}

/** A signer from its PEM texts. */
export function createSigner(mspId: string, certificatePem: string, keyPem: string): Signer {
  const key = createPrivateKey(keyPem);
  return {
    mspId,
    certificatePem,
    serialized: encode(SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(certificatePem) }),
    sign: (message) => signLowS(key, message),
  };
}
