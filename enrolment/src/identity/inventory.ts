import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { readIfThere } from '../files.js';
import { profileIfThere } from '../profile.js';
import type { Organization } from '../profile.js';
import { readIdentity } from './identity-folder.js';
import type { OwnedIdentity } from './identity-folder.js';
import { Keystore } from './keystore.js';

/** A certificate that somebody has to look after. */
export interface KeptCertificate {
  readonly name: string;
  /** PEM */
  readonly cert: string;
  /** How it is renewed. */
  readonly renewal: string;
}

/** Folders of the owners' identities below the running state's folder. */
export function identityFolders(dir: string): readonly string[] {
  const folder = resolve(dir, 'identities');
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).map((name) => join(folder, name));
  return found.filter((one) => existsSync(join(one, 'cert.pem')));
}

/** Everything below the running state's folder: owners' identities, administrators, gateways' keystores. */
export function inventory(dir: string): readonly KeptCertificate[] {
  const organizations = profileIfThere(dir)?.organizations ?? [];
  return [
    ...identityFolders(dir).map((folder) => ofFolder(folder)),
    ...organizations.flatMap(({ name, admin }) => {
      const cert = readIfThere(admin.cert);
      const renewal = `passage enroll renew --admin --org ${name}`;
      return cert === undefined ? [] : [{ name: `${name}: administrator`, cert, renewal }];
    }),
    ...organizations.flatMap(({ name }) => ofKeystore(dir, name)),
  ];
}

export function ofFolder(folder: string): KeptCertificate {
  const { id, cert } = readIdentity(folder);
  return { name: id, cert, renewal: `passage enroll renew ${folder}` };
}

function ofKeystore(dir: string, organization: string): KeptCertificate[] {
  const folder = resolve(dir, 'gateways', organization, 'keystore');
  if (!existsSync(folder)) return [];
  return [...new Keystore(folder).certificates()].map(([name, cert]) => ({
    name: `${organization}: gateway, ${name}`,
    cert,
    renewal: 'the gateway does it',
  }));
}

/** The administrator of the profile, as an identity whose files lie where the profile says. */
export function administratorOf({ admin, mspId, ca }: Organization, cert: string, id: string): OwnedIdentity {
  return {
    certFile: admin.cert,
    id,
    mspId,
    ca: { url: ca.url, name: ca.name, tlsRootFile: ca.tlsRootCert },
    key: { kind: 'file', path: admin.key },
    cert,
  };
}
