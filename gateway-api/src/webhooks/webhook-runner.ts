import { setTimeout as sleep } from 'node:timers/promises';

import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { AddressGuard } from './address-guard.js';
import type { Deliveries, Delivery } from './deliveries.js';
import type { WebhookTable } from './webhook-database.js';
import { post } from './webhook-post.js';
import type { Attempt } from './webhook-post.js';
import type { WebhookSecrets } from './webhook-secrets.js';
import { signedHeaders } from './webhook-signature.js';
import type { WebhookStore } from './webhook-store.js';

/** How deliveries are repeated, in milliseconds. */
export interface DeliveryPace {
  /** Pause after the first failure; it doubles up to `most`, and each is cut by up to a half at random. */
  readonly first: number;
  readonly most: number;
  /** How long one attempt may take. */
  readonly attempt: number;
  /** How long attempts may fail in a row before the webhook is paused. */
  readonly patience: number;
}

/** What the deliveries of one webhook stand on. */
export interface RunnerParts {
  readonly id: string;
  readonly store: WebhookStore;
  readonly deliveries: Deliveries;
  readonly secrets: Pick<WebhookSecrets, 'signing'>;
  readonly guard: AddressGuard;
  readonly pace: DeliveryPace;
  /** Puts on record that an item is shown to whoever the webhook is for; what is not on record is not sent. */
  readonly recorded: (webhook: WebhookTable, delivery: Delivery) => Promise<void>;
  readonly metrics: { webhookAttempt(outcome: 'delivered' | 'failed' | 'paused'): void };
  readonly log: Logger;
}

/** The status by which a receiver says that it wants nothing more (Standard Webhooks). */
const GONE = 410;

/**
 * Delivers what one webhook is to hear of, one item after the other: the next one goes out when this one was taken with a 2xx. The
 * cursor moves then and no earlier, so that after a crash an item may come twice, under the same `webhook-id`, and none is lost.
 */
export class WebhookRunner {
  readonly #parts: RunnerParts;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Stops where it is; an attempt at hand is cut off and made again later. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#parts.deliveries.close();
    await this.#running;
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    const { id, deliveries, log } = this.#parts;
    try {
      for await (const delivery of deliveries) if (!(await this.#deliver(delivery))) return;
    } catch (error) {
      if (!this.#isStopped()) log.error({ webhook: id, reason: messageOf(error) }, 'a webhook stands still');
    }
  }

  /** Sends an item until it is taken; false where there is no more to be sent. */
  async #deliver(delivery: Delivery): Promise<boolean> {
    const { store, id, recorded, pace, metrics } = this.#parts;
    const { cursor } = delivery;
    const body = await delivery.body();
    for (let pause = pace.first; ; pause = Math.min(pause * 2, pace.most)) {
      const webhook = await store.webhook(id);
      if (!webhook || this.#isStopped()) return false;
      await recorded(webhook, delivery);
      const attempt = await this.#attempt(webhook, cursor, body);
      if (this.#isStopped()) return false;
      if ('status' in attempt && attempt.status >= 200 && attempt.status < 300) {
        await store.delivered(id, cursor, new Date());
        metrics.webhookAttempt('delivered');
        return true;
      }
      if (await this.#failed(webhook, attempt)) return false;
      await sleep(pause * (1 - Math.random() / 2), undefined, { signal: this.#stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  #attempt(webhook: WebhookTable, cursor: string, body: string): Promise<Attempt> {
    const { guard, pace, secrets } = this.#parts;
    const at = new Date();
    const headers = signedHeaders({ id: `${webhook.id}.${cursor}`, at, body }, secrets.signing(webhook, at));
    const how = { guard, milliseconds: pace.attempt, signal: this.#stopping.signal };
    try {
      return post(guard.url(webhook.url), headers, body, how);
    } catch (error) {
      return Promise.resolve({ failure: messageOf(error) });
    }
  }

  /** Keeps that an attempt failed; true where it was the last one. */
  async #failed(webhook: WebhookTable, attempt: Attempt): Promise<boolean> {
    const { store, id, pace, metrics, log } = this.#parts;
    const now = new Date();
    const since = webhook.failing_since ?? now.toISOString();
    const isGone = 'status' in attempt && attempt.status === GONE;
    const isOver = isGone || now.getTime() - Date.parse(since) > pace.patience;
    const failure = 'status' in attempt ? `answered with ${String(attempt.status)}` : attempt.failure;
    const paused = isGone
      ? 'the receiver wants nothing more (410)'
      : `nothing was taken since ${since}: ${failure}`;
    const failures = webhook.failures + 1;
    await store.change(id, { failures, failing_since: since, failure, ...(isOver && { paused }) });
    metrics.webhookAttempt(isOver ? 'paused' : 'failed');
    if (isOver) log.error({ webhook: id, failures, reason: paused }, 'a webhook is paused');
    else log.warn({ webhook: id, failures, reason: failure }, 'a delivery has failed');
    return isOver;
  }
}
