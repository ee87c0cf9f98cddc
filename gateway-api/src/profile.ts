import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';

import { messageOf } from './errors.js';

const endpoint = z.object({ address: z.string().min(1), tlsRootCert: z.string().min(1) });

const organization = z.object({
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
  gateway: z.object({ url: z.url() }).optional(),
});

const profile = z.object({
  format: z.literal('passage-profile-1'),
  network: z.enum(['embedded', 'fabric']),
  channel: z.string().min(1),
  chaincode: z.string().min(1),
  organizations: z.array(organization).min(1),
});

const trust = z.object({
  format: z.literal('passage-trust-1'),
  network: z.enum(['embedded', 'fabric']),
  channel: z.string().min(1),
  genesisHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'),
});

/** One organisation of the connection profile; its file names are absolute once read. */
export type Organization = z.infer<typeof organization>;

/** Where the network is (docs/architecture.md, "Connection profile"). It never says what to trust. */
export type Profile = z.infer<typeof profile>;

/** Where trust starts (docs/architecture.md, "Trust file"). */
export type Trust = z.infer<typeof trust>;

/** Reads `profile.json` of a running state's folder and makes its paths absolute. Throws one sentence. */
export function readProfile(dir: string): Profile {
  const read = readJson(dir, 'profile.json', profile, 'start the network with ./test-network.sh up');
  const absolute = (path: string): string => resolve(dir, path);
  return {
    ...read,
    organizations: read.organizations.map((o) => ({
      ...o,
      peer: { ...o.peer, tlsRootCert: absolute(o.peer.tlsRootCert) },
      orderer: { ...o.orderer, tlsRootCert: absolute(o.orderer.tlsRootCert) },
      ca: { ...o.ca, tlsRootCert: absolute(o.ca.tlsRootCert), registrar: absolute(o.ca.registrar) },
      admin: { cert: absolute(o.admin.cert), key: absolute(o.admin.key) },
    })),
  };
}

/** Reads `trust.json` of a running state's folder. Throws one sentence. */
export function readTrust(dir: string): Trust {
  const next = 'get the genesis hash from those who started the network; without it nothing can be verified';
  return readJson(dir, 'trust.json', trust, next);
}

function readJson<T>(dir: string, name: string, schema: z.ZodType<T>, next: string): T {
  const path = join(dir, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${path} cannot be read: ${next}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON (${messageOf(error)}): ${next}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((i) => `/${i.path.join('/')} ${i.message}`).join('; ');
  throw new Error(`${path} is not as expected (${wrong}): ${next}`);
}
