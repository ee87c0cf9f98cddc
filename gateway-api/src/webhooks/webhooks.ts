import { randomUUID } from 'node:crypto';

import type { AccessLog } from '../access/access-log.js';
import type { Caller } from '../auth/caller.js';
import { gatewayError } from '../errors.js';
import { checkFilter } from '../feed/feed-filter.js';
import type { FeedFilter } from '../feed/feed-filter.js';
import type { Logger } from '../log.js';
import { AddressGuard } from './address-guard.js';
import type { WebhookReach } from './address-guard.js';
import type { DeliveredSubscription } from './deliveries.js';
import type { WebhookSubscription, WebhookTable } from './webhook-database.js';
import { WebhookRunner } from './webhook-runner.js';
import type { DeliveryPace, RunnerParts } from './webhook-runner.js';
import type { WebhookSecrets } from './webhook-secrets.js';
import type { WebhookStore } from './webhook-store.js';

/** Of webhooks, what the configuration says. */
export interface WebhookSettings extends WebhookReach {
  readonly perCaller: number;
  readonly pace: DeliveryPace;
}

/** What webhooks stand on. */
export interface WebhooksParts {
  readonly store: WebhookStore;
  readonly secrets: WebhookSecrets;
  readonly subscriptions: Readonly<Record<WebhookSubscription, DeliveredSubscription>>;
  readonly access: Pick<AccessLog, 'record'>;
  readonly metrics: RunnerParts['metrics'];
  readonly settings: WebhookSettings;
  readonly log: Logger;
}

/** What a webhook is to be told, and where. */
export interface NewWebhook {
  readonly url: string;
  readonly subscription: WebhookSubscription;
  readonly filter: FeedFilter;
  /** Behind which cursor; from now on where there is none. */
  readonly after?: string;
}

/** Why a webhook is paused whose secret came here without the keystore, as with a backup. */
const UNSIGNABLE =
  'the key that seals its secret is not in the keystore: rotate the secret, and resume the webhook';

/** A webhook with its secret, which is shown when it is made and never again. */
export interface NewSecret {
  readonly webhook: WebhookTable;
  readonly secret: string;
}

/** The webhooks of this gateway's callers: kept in the operational database, delivered for as long as the gateway runs. */
export class Webhooks {
  readonly #parts: WebhooksParts;
  readonly #guard: AddressGuard;
  readonly #runners = new Map<string, WebhookRunner>();
  #isRunning = false;

  constructor(parts: WebhooksParts) {
    this.#parts = parts;
    this.#guard = new AddressGuard(parts.settings);
  }

  /** Goes on with what an earlier run left. */
  async start(): Promise<void> {
    this.#isRunning = true;
    for (const webhook of await this.#parts.store.all()) await this.#run(webhook);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
    this.#runners.clear();
  }

  /**
   * Registers a webhook for what the caller sees. Throws `WEBHOOK_REFUSED`, `TOO_MANY_WEBHOOKS`, `BAD_ARGUMENT`,
   * `CURSOR_INVALID`.
   */
  async register(caller: Caller, { url, subscription, filter, after }: NewWebhook): Promise<NewSecret> {
    checkFilter(filter);
    const { href } = this.#guard.url(url);
    const cursor = await this.#parts.subscriptions[subscription].here(after);
    await this.#requireRoom(caller);
    const id = randomUUID();
    const { secret, columns } = this.#parts.secrets.fresh(id);
    const { subject, org, party = null, role = null } = caller;
    const state = {
      cursor,
      paused: null,
      delivered: 0,
      delivered_at: null,
      failures: 0,
      failing_since: null,
    };
    const webhook: WebhookTable = {
      id,
      url: href,
      subscription,
      filter: JSON.stringify(filter),
      ...{ subject, org, party, role, ...columns },
      ...state,
      failure: null,
      registered_at: new Date().toISOString(),
    };
    await this.#parts.store.add(webhook);
    await this.#run(webhook);
    return { webhook, secret };
  }

  /** A new secret; the one before signs, too, for a day. Throws `WEBHOOK_UNKNOWN`. */
  async rotate(caller: Caller, id: string): Promise<NewSecret> {
    const { secret, columns } = this.#parts.secrets.fresh(id, await this.#own(caller, id));
    await this.#parts.store.change(id, columns);
    return { webhook: await this.#own(caller, id), secret };
  }

  /** Goes on with a paused webhook where it stood. Throws `WEBHOOK_UNKNOWN`. */
  async resume(caller: Caller, id: string): Promise<WebhookTable> {
    await this.#own(caller, id);
    await this.#runners.get(id)?.stop();
    await this.#parts.store.change(id, { paused: null, failures: 0, failing_since: null, failure: null });
    await this.#run(await this.#own(caller, id));
    return this.#own(caller, id);
  }

  /** Throws `WEBHOOK_UNKNOWN`. */
  async remove(caller: Caller, id: string): Promise<WebhookTable> {
    const webhook = await this.#own(caller, id);
    await this.#parts.store.remove(id);
    await this.#runners.get(id)?.stop();
    this.#runners.delete(id);
    return webhook;
  }

  /** The webhooks that a caller may see: its own, and to the organisation's administrator all of the organisation's. */
  async of(caller: Caller): Promise<readonly WebhookTable[]> {
    return (await this.#parts.store.all()).filter((webhook) => isOwn(webhook, caller));
  }

  async #own(caller: Caller, id: string): Promise<WebhookTable> {
    const webhook = await this.#parts.store.webhook(id);
    if (webhook && isOwn(webhook, caller)) return webhook;
    throw gatewayError('WEBHOOK_UNKNOWN', 'the caller has no webhook with this id');
  }

  async #requireRoom(caller: Caller): Promise<void> {
    const { store, settings } = this.#parts;
    const own = (await store.all()).filter(
      ({ org, party }) => org === caller.org && party === (caller.party ?? null),
    );
    if (own.length < settings.perCaller) return;
    throw gatewayError('TOO_MANY_WEBHOOKS', `the caller has ${String(own.length)} webhooks`);
  }

  async #run(webhook: WebhookTable): Promise<void> {
    if (!this.#isRunning || webhook.paused !== null) return;
    const { store, secrets, subscriptions, access, metrics, settings, log } = this.#parts;
    const { id, subscription, filter, cursor } = webhook;
    if (secrets.signing(webhook, new Date()).length === 0) {
      await store.change(id, { paused: UNSIGNABLE });
      log.error({ webhook: id, reason: UNSIGNABLE }, 'a webhook is paused');
      return;
    }
    const followed = subscriptions[subscription];
    const runner = new WebhookRunner({
      id,
      store,
      secrets,
      deliveries: await followed.follow(callerOf(webhook), JSON.parse(filter) as FeedFilter, cursor),
      guard: this.#guard,
      pace: settings.pace,
      recorded: (shown, { cursor: upTo, asOfBlock }) =>
        access.record(callerOf(shown), {
          query: 'webhook',
          args: { id, cursor: upTo },
          found: true,
          asOfBlock,
        }),
      metrics,
      log,
    });
    this.#runners.set(id, runner);
  }
}

/** For whom a webhook is. It sees as a token of the same claims would, and may do nothing. */
function callerOf({ subject, org, party, role }: WebhookTable): Caller {
  return { subject, org, admin: false, ...(party !== null && { party }), ...(role !== null && { role }) };
}

function isOwn(webhook: WebhookTable, { org, party, admin }: Caller): boolean {
  return webhook.org === org && (admin || webhook.party === (party ?? null));
}
