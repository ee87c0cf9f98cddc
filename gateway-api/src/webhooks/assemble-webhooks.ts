import { join } from 'node:path';

import type { Kysely } from 'kysely';

import type { AlertItem } from '../alert-desk/alert-source.js';
import type { FeedStreams } from '../feed/feed-streams.js';
import { SecretSeal } from '../keystore/secret-seal.js';
import { alertBody } from '../schema/alert-body.js';
import type { GatewayServices } from '../schema/context.js';
import { feedBody } from '../schema/feed-body.js';
import type { OperationalDatabase } from '../submission/outbox-database.js';
import { delivered } from './deliveries.js';
import { sealRows } from './seal-rows.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookStore } from './webhook-store.js';
import { Webhooks } from './webhooks.js';
import type { WebhooksParts } from './webhooks.js';

/** What webhooks are kept in, and deliver. */
interface WebhookAssembly extends Pick<WebhooksParts, 'access' | 'metrics' | 'settings' | 'log'> {
  readonly operational: Kysely<OperationalDatabase>;
  /** The gateway's own folder, where its keystore is. */
  readonly folder: string;
  readonly streams: FeedStreams;
  readonly alertStreams: FeedStreams<AlertItem>;
  /** What bodies are read from; asked when something is delivered. */
  readonly services: () => GatewayServices;
}

/** Wires the parts, and seals what an earlier version kept in clear; nothing is delivered yet. */
export async function assembleWebhooks(parts: WebhookAssembly): Promise<Webhooks> {
  const { operational, folder, streams, alertStreams, services, access, metrics, settings, log } = parts;
  const secrets = new WebhookSecrets(SecretSeal.of(join(folder, 'keystore')));
  await sealRows(operational, secrets);
  return new Webhooks({
    store: new WebhookStore(operational),
    secrets,
    subscriptions: {
      feed: delivered(streams, (told) => feedBody(told, services())),
      alerts: delivered(alertStreams, (told, caller) => alertBody(told, caller, services())),
    },
    access,
    metrics,
    settings,
    log,
  });
}
