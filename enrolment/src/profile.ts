import { join, resolve } from 'node:path';

import * as z from 'zod';

import { EnrolmentError, messageOf } from './errors.js';
import { readIfThere } from './files.js';

const NEXT = 'the network writes it when it is started';

const text = z.string().min(1);
const endpoint = z.object({ address: text, tlsRootCert: text });

const organization = z.object({
  name: text,
  mspId: text,
  peer: endpoint,
  orderer: endpoint,
  ca: z.object({ url: z.url(), name: text, tlsRootCert: text, registrar: text }),
  admin: z.object({ cert: text, key: text }),
  gateway: z.object({ url: z.url() }).optional(),
});

/** `profile.json` (network/schemas/profile.schema.json, which says more). */
const profile = z.object({
  format: z.literal('passage-profile-1'),
  network: z.enum(['embedded', 'fabric']),
  channel: text,
  chaincode: text,
  organizations: z.array(organization).min(1),
});

/** One organisation of the connection profile; its file names are absolute once read. */
export type Organization = z.infer<typeof organization>;

/** Where the network is (docs/architecture.md, "Connection profile"). It never says what to trust. */
export type Profile = z.infer<typeof profile>;

/** Reads the profile in a folder and makes its paths absolute. Throws EnrolmentError PROFILE_UNUSABLE. */
export function readProfile(dir: string): Profile {
  const read = profileIfThere(dir);
  if (read !== undefined) return read;
  throw new EnrolmentError('PROFILE_UNUSABLE', `there is no profile.json in ${resolve(dir)}; ${NEXT}`);
}

/** The same, or undefined where there is no profile. */
export function profileIfThere(dir: string): Profile | undefined {
  const path = join(resolve(dir), 'profile.json');
  const content = readIfThere(path);
  if (content === undefined) return undefined;
  const read = profile.safeParse(jsonIn(path, content));
  if (!read.success) {
    const why = `${path} is not as expected: ${z.prettifyError(read.error)}`;
    throw new EnrolmentError('PROFILE_UNUSABLE', `${why}; ${NEXT}`, { cause: read.error });
  }
  const { data } = read;
  return { ...data, organizations: data.organizations.map((one) => withAbsolutePaths(one, dir)) };
}

function jsonIn(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const why = `${path} is not JSON (${messageOf(cause)})`;
    throw new EnrolmentError('PROFILE_UNUSABLE', `${why}; ${NEXT}`, { cause });
  }
}

/** One organisation of the profile in a folder, with its channel. Throws EnrolmentError PROFILE_UNUSABLE. */
export function profileOrganization(dir: string, name: string): Organization & { readonly channel: string } {
  const { channel, organizations } = readProfile(dir);
  const found = organizations.find((one) => one.name === name);
  if (found !== undefined) return { ...found, channel };
  const known = organizations.map((one) => one.name).join(', ');
  throw new EnrolmentError(
    'PROFILE_UNUSABLE',
    `the profile in ${resolve(dir)} knows no "${name}", but ${known}`,
  );
}

function withAbsolutePaths(one: Organization, dir: string): Organization {
  const absolute = (name: string): string => resolve(dir, name);
  return {
    ...one,
    peer: { ...one.peer, tlsRootCert: absolute(one.peer.tlsRootCert) },
    orderer: { ...one.orderer, tlsRootCert: absolute(one.orderer.tlsRootCert) },
    ca: { ...one.ca, tlsRootCert: absolute(one.ca.tlsRootCert), registrar: absolute(one.ca.registrar) },
    admin: { cert: absolute(one.admin.cert), key: absolute(one.admin.key) },
  };
}
