import { resolve } from 'node:path';

import { readProfile } from '@passage/enrolment';
import type { Organization, Profile } from '@passage/enrolment';
import type { SignatureMethod } from '@passage/ledger';
import * as z from 'zod';

import type { StreamLimits } from './feed/feed-streams.js';
import { isKeyUrl } from './auth/issuer-keys.js';
import { localIssuerName } from './auth/local-issuer.js';
import type { TokenSettings } from './auth/verify-token.js';
import { gatewayError, messageOf } from './errors.js';
import { isPostgres } from './index/index-place.js';
import type { Quotas } from './submission/quotas.js';
import { readTrust } from './trust.js';
import type { Trust } from './trust.js';
import { isNetwork } from './webhooks/address-guard.js';
import type { WebhookSettings } from './webhooks/webhooks.js';

const natural = (low: number, high: number): z.ZodType<number> =>
  z.coerce.number({ error: 'must be a whole number' }).int('must be a whole number').min(low).max(high);

/** Every variable that a gateway reads; docs/gateway.md has a row for each. */
export const environment = z.object({
  PASSAGE_ORG: z.string({ error: 'is missing: the organisation this gateway belongs to' }).min(1),
  PASSAGE_DIR: z.string().min(1).default('.passage'),
  PASSAGE_GATEWAY_PORT: natural(0, 65535).optional(),
  PASSAGE_INDEX_URL: z
    .string()
    .refine(
      isPostgres,
      'must be the URL of a database of PostgreSQL: postgres://user:password@host:5432/name',
    )
    .optional(),
  PASSAGE_ISSUER_JWKS: z
    .string()
    .min(1)
    .refine((place) => !place.includes('://') || isKeyUrl(place), 'must be a file, or an https URL')
    .optional(),
  PASSAGE_ISSUER: z.string().min(1).optional(),
  PASSAGE_AUDIENCE: z.string().min(1).default('urn:passage:gateway'),
  PASSAGE_BATCH_COUNT: natural(1, 100).default(50),
  PASSAGE_BATCH_BYTES: natural(1024, 10_000_000).default(262_144),
  PASSAGE_BATCH_MS: natural(0, 60_000).default(100),
  PASSAGE_QUOTA_PARTY: natural(1, 100_000_000).default(1_200_000),
  PASSAGE_QUOTA_DEVICE: natural(1, 100_000_000).default(120_000),
  PASSAGE_REQUESTS_PER_CALLER: natural(1, 100_000).default(256),
  PASSAGE_OUTBOX_LIMIT: natural(1, 1_000_000).default(20_000),
  PASSAGE_SOURCES: z.string().min(1).optional(),
  PASSAGE_SOURCES_MS: natural(100, 3_600_000).default(2_000),
  PASSAGE_WITHHOLDING_MS: natural(0, 86_400_000).default(60_000),
  PASSAGE_SETTLED_FORK: natural(0, Number.MAX_SAFE_INTEGER).optional(),
  PASSAGE_STREAMS: natural(1, 100_000).default(5_000),
  PASSAGE_STREAMS_PER_CALLER: natural(1, 100_000).default(100),
  PASSAGE_STREAM_UNREAD: natural(1, 1_000_000).default(1_000),
  PASSAGE_WEBHOOK_LOOPBACK: z.stringbool({ error: 'must be true or false' }).optional(),
  PASSAGE_WEBHOOK_NETWORKS: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine(
      (networks) => networks.every(isNetwork),
      'must be networks, as 10.20.0.0/16, with commas between them',
    )
    .default([]),
  PASSAGE_WEBHOOKS_PER_CALLER: natural(1, 10_000).default(20),
  PASSAGE_WEBHOOK_PATIENCE_HOURS: natural(1, 10_000).default(72),
  PASSAGE_ACCESS_DAYS: natural(1, 36_500).default(1_825),
  PASSAGE_SIGNATURES: z.enum(['together', 'openssl']).default('together'),
  PASSAGE_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Everything one gateway needs to know before it starts. Paths are absolute. */
export interface GatewayConfig {
  readonly organization: Organization & { readonly gateway: { readonly url: string } };
  readonly profile: Profile;
  readonly trust: Trust;
  /** `gateways/<org>/` in the running state's folder: keystore, index, operational database. */
  readonly folder: string;
  /** Where the index is: a file, made when it is missing, or the URL of a database. */
  readonly index: string;
  readonly port: number;
  readonly token: TokenSettings;
  /** A transaction of statements closes at this count, at these bytes, or when its oldest is this many ms old. */
  readonly batch: { readonly count: number; readonly bytes: number; readonly ms: number };
  /** Statements that may wait in the outbox before new ones are refused as OVERLOADED. */
  readonly outboxLimit: number;
  /** Statements a minute of one party, and of one device. */
  readonly quotas: Quotas;
  /** Requests of one caller that are carried out at once. */
  readonly requestsPerCaller: number;
  readonly sources: SourceSettings;
  /** Streams at once, of one caller and of all, and what may come on one while nobody reads. */
  readonly streams: StreamLimits;
  readonly webhooks: WebhookSettings;
  /** Days for which it is kept who read what. */
  readonly accessDays: number;
  /** How signatures are checked while the index catches up. */
  readonly signatures: SignatureMethod;
  readonly logLevel: string;
}

/** Whose peers the index is held against. */
export interface SourceSettings {
  /** Other organisations of the profile. */
  readonly organizations: readonly Organization[];
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Milliseconds that our own peer may be behind another before it counts as withholding. */
  readonly withholding: number;
  /** Id of the newest alert of a fork that was looked into: it no longer keeps the index from going on. */
  readonly settledFork?: number;
}

/**
 * Reads and checks the configuration: environment first, then the profile and the trust file of the folder it names.
 * All problems are reported at once, as one `CONFIG_INVALID` with `details.problems`. The trust file is never optional:
 * without it there is no hash to start trust from.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(present);
  const problems = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`);

  const dir = resolve(present.PASSAGE_DIR ?? '.passage');
  const profile = attempt(problems, () => readProfile(dir));
  const trust = attempt(problems, () => readTrust(dir));
  compareChannels(profile, trust, problems);
  const organization =
    profile && parsed.success ? findOrganization(profile, parsed.data.PASSAGE_ORG, problems) : undefined;

  const others =
    profile && organization ? sourcesOf(profile, organization, present.PASSAGE_SOURCES, problems) : [];

  if (!parsed.success || !profile || !trust || !organization || problems.length > 0) {
    throw gatewayError('CONFIG_INVALID', `this gateway cannot start:\n  - ${problems.join('\n  - ')}`, {
      details: { problems },
    });
  }
  return settings(parsed.data, dir, { profile, trust, organization }, others);
}

function settings(
  e: z.infer<typeof environment>,
  dir: string,
  read: Pick<GatewayConfig, 'profile' | 'trust' | 'organization'>,
  others: readonly Organization[],
): GatewayConfig {
  const { organization } = read;
  const folder = resolve(dir, 'gateways', organization.name);
  const issuer = e.PASSAGE_ISSUER ?? localIssuerName(dir);
  return {
    ...read,
    folder,
    index: placeOfIndex(e.PASSAGE_INDEX_URL, folder, organization.name),
    port: e.PASSAGE_GATEWAY_PORT ?? Number(new URL(organization.gateway.url).port),
    token: {
      ...keysOf(e, issuer, dir),
      issuer,
      audience: e.PASSAGE_AUDIENCE,
    },
    batch: { count: e.PASSAGE_BATCH_COUNT, bytes: e.PASSAGE_BATCH_BYTES, ms: e.PASSAGE_BATCH_MS },
    outboxLimit: e.PASSAGE_OUTBOX_LIMIT,
    quotas: { party: e.PASSAGE_QUOTA_PARTY, device: e.PASSAGE_QUOTA_DEVICE },
    requestsPerCaller: e.PASSAGE_REQUESTS_PER_CALLER,
    sources: {
      organizations: others,
      every: e.PASSAGE_SOURCES_MS,
      withholding: e.PASSAGE_WITHHOLDING_MS,
      ...(e.PASSAGE_SETTLED_FORK !== undefined && { settledFork: e.PASSAGE_SETTLED_FORK }),
    },
    streams: {
      all: e.PASSAGE_STREAMS,
      perCaller: e.PASSAGE_STREAMS_PER_CALLER,
      unread: e.PASSAGE_STREAM_UNREAD,
    },
    webhooks: {
      // The embedded network is for development, where a receiver is a program on the same machine.
      loopback: e.PASSAGE_WEBHOOK_LOOPBACK ?? read.trust.network === 'embedded',
      networks: e.PASSAGE_WEBHOOK_NETWORKS,
      perCaller: e.PASSAGE_WEBHOOKS_PER_CALLER,
      pace: {
        first: 1_000,
        most: 3_600_000,
        attempt: 10_000,
        patience: e.PASSAGE_WEBHOOK_PATIENCE_HOURS * 3_600_000,
      },
    },
    accessDays: e.PASSAGE_ACCESS_DAYS,
    signatures: e.PASSAGE_SIGNATURES,
    logLevel: e.PASSAGE_LOG_LEVEL,
  };
}

/**
 * Where a gateway's index is: at a URL, in which `{org}` stands for the organisation, so that one setting does for several gateways; or
 * in its folder.
 */
export function placeOfIndex(url: string | undefined, folder: string, organization: string): string {
  return url === undefined || url === ''
    ? resolve(folder, 'index.sqlite')
    : url.replaceAll('{org}', organization);
}

/** The other organisations whose peers are asked: those that are named, `none`, or all. */
function sourcesOf(
  { organizations }: Profile,
  own: Organization,
  named: string | undefined,
  problems: string[],
): readonly Organization[] {
  const others = organizations.filter(({ name }) => name !== own.name);
  if (named === undefined) return others;
  if (named === 'none') return [];
  const names = named.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !others.some((other) => other.name === name));
  if (unknown.length > 0) {
    const known = others.map(({ name }) => name).join(', ');
    problems.push(
      `PASSAGE_SOURCES "${unknown.join(', ')}" is no other organisation of profile.json: ${known}`,
    );
  }
  return others.filter(({ name }) => names.includes(name));
}

function compareChannels(profile: Profile | undefined, trust: Trust | undefined, problems: string[]): void {
  if (!profile || !trust || profile.channel === trust.channel) return;
  problems.push(`profile.json is for channel ${profile.channel}, trust.json for ${trust.channel}`);
}

function findOrganization(
  profile: Profile,
  name: string,
  problems: string[],
): GatewayConfig['organization'] | undefined {
  const found = profile.organizations.find((o) => o.name === name);
  if (found?.gateway) return { ...found, gateway: found.gateway };
  const able = profile.organizations.filter((o) => o.gateway).map((o) => o.name);
  problems.push(
    `PASSAGE_ORG "${name}" has no gateway in profile.json; those that have one: ${able.join(', ')}`,
  );
  return undefined;
}

function attempt<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    problems.push(messageOf(error));
    return undefined;
  }
}

/** The issuer's keys: where they are said to be; the local issuer's file; else they are found through the issuer's URL. */
function keysOf(e: z.infer<typeof environment>, issuer: string, dir: string): { readonly jwks?: string } {
  if (e.PASSAGE_ISSUER_JWKS !== undefined) return { jwks: e.PASSAGE_ISSUER_JWKS };
  return isKeyUrl(issuer) ? {} : { jwks: resolve(dir, 'issuer', 'jwks.json') };
}
