import { join, resolve } from 'node:path';

import * as z from 'zod';

import { EnrolmentError, messageOf } from './errors.js';
import { readIfThere } from './files.js';

const endpoint = z.object({ address: z.string().min(1), tlsRootCert: z.string().min(1) });

/** What enrolment takes from `profile.json` (network/schemas/profile.schema.json, which says more). */
const profile = z.object({
  format: z.literal('passage-profile-1'),
  channel: z.string().min(1),
  organizations: z.array(
    z.object({
      name: z.string().min(1),
      mspId: z.string().min(1),
      peer: endpoint,
      orderer: endpoint,
      ca: z.object({
        url: z.url(),
        name: z.string().min(1),
        tlsRootCert: z.string().min(1),
        registrar: z.string().min(1),
      }),
      admin: z.object({ cert: z.string().min(1), key: z.string().min(1) }),
    }),
  ),
});

/** One organisation of the profile, with its channel; file names are absolute. */
export type ProfileOrganization = z.infer<typeof profile>['organizations'][number] & {
  readonly channel: string;
};

/** Every organisation of the profile in a folder, or undefined where there is no profile. Throws PROFILE_UNUSABLE. */
export function profileOrganizations(dir: string): readonly ProfileOrganization[] | undefined {
  const path = join(resolve(dir), 'profile.json');
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  let read: z.infer<typeof profile>;
  try {
    read = profile.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new EnrolmentError('PROFILE_UNUSABLE', `${path} is not as expected: ${why}`, { cause });
  }
  const absolute = (name: string): string => resolve(dir, name);
  return read.organizations.map((o) => ({
    ...o,
    channel: read.channel,
    peer: { ...o.peer, tlsRootCert: absolute(o.peer.tlsRootCert) },
    orderer: { ...o.orderer, tlsRootCert: absolute(o.orderer.tlsRootCert) },
    ca: { ...o.ca, tlsRootCert: absolute(o.ca.tlsRootCert), registrar: absolute(o.ca.registrar) },
    admin: { cert: absolute(o.admin.cert), key: absolute(o.admin.key) },
  }));
}

/** One of them. Throws EnrolmentError PROFILE_UNUSABLE. */
export function profileOrganization(dir: string, name: string): ProfileOrganization {
  const organizations = profileOrganizations(dir);
  if (organizations === undefined)
    throw new EnrolmentError('PROFILE_UNUSABLE', `there is no profile.json in ${resolve(dir)}`);
  const found = organizations.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = organizations.map((one) => one.name).join(', ');
  throw new EnrolmentError(
    'PROFILE_UNUSABLE',
    `the profile in ${resolve(dir)} knows no "${name}", but ${known}`,
  );
}
