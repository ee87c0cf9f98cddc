import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AuditError, messageOf } from '../errors.js';
import { readPem, readSigner } from './signer.js';
import type { PeerAccess } from './peer-blocks.js';

/**
 * The peer of one organisation in a connection profile, read as that organisation's admin (docs/architecture.md,
 * "Connection profile"). Paths in the profile are relative to its folder.
 *
 * @throws AuditError PROFILE_UNUSABLE
 */
export function profilePeer(path: string, organization: string): PeerAccess {
  const startFirst = 'start the network with ./test-network.sh up, or give --profile or --from';
  const unusable = (why: string, next = startFirst, cause?: unknown): AuditError =>
    new AuditError('PROFILE_UNUSABLE', `${path} ${why}: ${next}`, { cause });
  let profile: Members;
  try {
    profile = membersOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw unusable(`cannot be read (${messageOf(error)})`, startFirst, error);
  }
  const organizations = Array.isArray(profile.organizations) ? profile.organizations.map(membersOf) : [];
  const found = organizations.find(({ name }) => name === organization);
  if (found === undefined) {
    const names = organizations.map(({ name }) => String(name)).join(', ');
    throw unusable(
      `names no organization ${JSON.stringify(organization)}`,
      `give --org one of: ${names || 'none'}`,
    );
  }

  const text = (holder: unknown, member: string): string => {
    const value = membersOf(holder)[member];
    if (typeof value !== 'string') throw unusable(`lacks ${member} of organization ${organization}`);
    return value;
  };
  const file = (holder: unknown, member: string): string => resolve(dirname(path), text(holder, member));
  return {
    address: text(found.peer, 'address'),
    tlsRootCertificate: readPem(file(found.peer, 'tlsRootCert'), 'TLS root certificate'),
    channel: text(profile, 'channel'),
    signer: readSigner(text(found, 'mspId'), file(found.admin, 'cert'), file(found.admin, 'key')),
  };
}

type Members = Readonly<Record<string, unknown>>;

/** The members of a JSON object; none of anything else. */
function membersOf(value: unknown): Members {
  return Object(value) as Members;
}
