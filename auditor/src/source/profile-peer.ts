import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AuditError, messageOf } from '../errors.js';
import { readPem, readSigner } from './signer.js';
import type { PeerAccess } from './peer-blocks.js';

/**
 * The peer of one organisation in a connection profile (docs/architecture.md, "Connection profile"), read as the admin of that
 * organisation, or of another one: whoever is on the channel may read. Paths in the profile are relative to its folder.
 *
 * @throws AuditError PROFILE_UNUSABLE
 */
export function profilePeer(path: string, organization: string, reader = organization): PeerAccess {
  const profile = new Profile(path);
  const { peer } = profile.organization(organization);
  const { mspId, admin } = profile.organization(reader);
  return {
    organization,
    address: profile.text(peer, 'address', organization),
    tlsRootCertificate: readPem(profile.file(peer, 'tlsRootCert', organization), 'TLS root certificate'),
    channel: profile.channel,
    signer: readSigner(
      profile.text({ mspId }, 'mspId', reader),
      profile.file(admin, 'cert', reader),
      profile.file(admin, 'key', reader),
    ),
  };
}

/** The names of all organisations in a connection profile. @throws AuditError PROFILE_UNUSABLE */
export function profileOrganizations(path: string): readonly string[] {
  return new Profile(path).names;
}

const START_FIRST = 'start the network with ./test-network.sh up, or give --profile or --from';

class Profile {
  readonly #path: string;
  readonly #members: Members;

  constructor(path: string) {
    this.#path = path;
    try {
      this.#members = membersOf(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      throw this.#unusable(`cannot be read (${messageOf(error)})`, START_FIRST, error);
    }
  }

  get names(): readonly string[] {
    return this.#organizations.map(({ name }) => String(name));
  }

  get channel(): string {
    const { channel } = this.#members;
    if (typeof channel !== 'string') throw this.#unusable('lacks the channel');
    return channel;
  }

  organization(organization: string): Members {
    const found = this.#organizations.find(({ name }) => name === organization);
    if (found !== undefined) return found;
    throw this.#unusable(
      `names no organization ${JSON.stringify(organization)}`,
      `name one of: ${this.names.join(', ') || 'none'}`,
    );
  }

  text(holder: unknown, member: string, organization: string): string {
    const value = membersOf(holder)[member];
    if (typeof value !== 'string') throw this.#unusable(`lacks ${member} of organization ${organization}`);
    return value;
  }

  file(holder: unknown, member: string, organization: string): string {
    return resolve(dirname(this.#path), this.text(holder, member, organization));
  }

  get #organizations(): readonly Members[] {
    const { organizations } = this.#members;
    return Array.isArray(organizations) ? organizations.map(membersOf) : [];
  }

  #unusable(why: string, next = START_FIRST, cause?: unknown): AuditError {
    return new AuditError('PROFILE_UNUSABLE', `${this.#path} ${why}: ${next}`, { cause });
  }
}

type Members = Readonly<Record<string, unknown>>;

/** The members of a JSON object; none of anything else. */
function membersOf(value: unknown): Members {
  return Object(value) as Members;
}
