import type { Migration } from '../index/migrate.js';

/** The subscriptions that webhooks deliver, as the schema calls them. */
export type WebhookSubscription = 'feed' | 'alerts';

/** A webhook of a caller's, and how far its deliveries are. */
export interface WebhookTable {
  id: string;
  url: string;
  /** What it delivers. */
  subscription: WebhookSubscription;
  /** JSON, as `FeedFilter`. */
  filter: string;
  /** For whom it is: what is delivered is what this caller sees. */
  subject: string;
  org: string;
  party: string | null;
  role: string | null;
  /** As `SecretSeal` has sealed it for this id. */
  secret: string;
  /** The secret before, which signs too until then. */
  previous_secret: string | null;
  previous_until: string | null;
  /** Everything up to here was delivered. */
  cursor: string;
  /** Why it was paused; null while it goes on. */
  paused: string | null;
  delivered: number;
  delivered_at: string | null;
  /** Attempts in a row that failed, since when, and the last one's reason. */
  failures: number;
  failing_since: string | null;
  failure: string | null;
  registered_at: string;
}

/** The table of webhooks in the operational database. */
export const webhookMigration: Migration = {
  name: '0003_webhook',
  statements: [
    `CREATE TABLE webhook (
       id TEXT PRIMARY KEY,
       url TEXT NOT NULL,
       filter TEXT NOT NULL,
       subject TEXT NOT NULL,
       org TEXT NOT NULL,
       party TEXT,
       role TEXT,
       secret TEXT NOT NULL,
       previous_secret TEXT,
       previous_until TEXT,
       cursor TEXT NOT NULL,
       paused TEXT,
       delivered INTEGER NOT NULL,
       delivered_at TEXT,
       failures INTEGER NOT NULL,
       failing_since TEXT,
       failure TEXT,
       registered_at TEXT NOT NULL) STRICT`,
  ],
};

/** Webhooks could once be told of the ledger alone. */
export const webhookAlertsMigration: Migration = {
  name: 'webhook_subscription',
  statements: [`ALTER TABLE webhook ADD COLUMN subscription TEXT NOT NULL DEFAULT 'feed'`],
};
