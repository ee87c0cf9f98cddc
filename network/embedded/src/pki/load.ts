import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { encode, SerializedIdentity } from '@passage/ledger';

import { writeFileDurably } from '../durable-file.js';
import type { Organization, Signer } from '../network.js';
import { ORGANIZATIONS, portsOf, type OrganizationNames } from '../organizations.js';
import type { NetworkPaths, OrganizationPaths } from '../paths.js';
import { signLowS } from './low-s.js';

/**
 * Makes the keys and certificates of every organisation that has none yet. They are made in a folder beside and moved into
 * place at the end, so that a run which is killed half-way leaves nothing that looks complete.
 */
export async function ensureOrganizations(
  paths: NetworkPaths,
  now: Date,
  members: readonly OrganizationNames[] = ORGANIZATIONS,
): Promise<void> {
  const missing = members.filter(({ name }) => !existsSync(join(paths.orgs, name)));
  if (missing.length > 0) {
    // The X.509 library takes a third of a second to load, and a restart does not need it.
    const { createOrganizationFiles } = await import('./organization-files.js');
    await mkdir(paths.orgs, { recursive: true, mode: 0o700 });
    await Promise.all(
      missing.map(async (names) => {
        const fresh = join(paths.orgs, `.${names.name}.new`);
        rmSync(fresh, { recursive: true, force: true });
        await createOrganizationFiles(fresh, names, now);
        await rename(fresh, join(paths.orgs, names.name));
      }),
    );
  }
  writeClientRoots(members.map(({ name }) => paths.organization(name)));
}

/** In fast mode one chaincode process serves the peers of all organisations. */
function writeClientRoots(organizations: readonly OrganizationPaths[]): void {
  const roots = organizations.map(({ tlsCaCert }) => readFileSync(tlsCaCert, 'utf8')).join('');
  for (const { chaincodeClientCa } of organizations) {
    const isThere = existsSync(chaincodeClientCa) && readFileSync(chaincodeClientCa, 'utf8') === roots;
    if (!isThere) writeFileDurably(chaincodeClientCa, roots);
  }
}

/** Reads the organisations that `ensureOrganizations` has made. */
export function loadOrganizations(
  paths: NetworkPaths,
  basePort: number,
  members: readonly OrganizationNames[] = ORGANIZATIONS,
): readonly Organization[] {
  return members.map(({ name, mspId, index }) =>
    loadOrganization({ name, mspId, index }, paths.organization(name), basePort),
  );
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
