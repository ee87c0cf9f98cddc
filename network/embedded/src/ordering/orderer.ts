import { NetworkError } from '../errors.js';
import type { BroadcastResult, Orderer } from '../network.js';
import { Status } from '../proto/status.js';
import { batchSize, waitBeforeCutting, type BatchLimits, type Request } from './batch.js';
import type { Judgement } from './broadcast-filter.js';

/** How long after a full disk a block is tried again. */
const STORAGE_RETRY_MS = 500;

/** What Fabric's BFT chain puts before its pool's reason (F:orderer/consensus/smartbft/chain.go). */
const SUBMIT_FAILED = 'failed to submit request';

export interface OrdererParts {
  /** Bounds of the next block, by the configuration in force. */
  limits(): BatchLimits;
  judge(envelope: Uint8Array): Judgement;
  /** Whether a transaction of this id, valid or not, is on the ledger. */
  isKnown(txId: string): boolean;
  /** Whether a queued envelope may be ordered still, after the configuration has changed. */
  mayStillBeOrdered(envelope: Uint8Array): boolean;
  /** Makes the next block and resolves when it is durable. Rejects with STORAGE_FULL, and then nothing has changed. */
  append(envelopes: readonly Uint8Array[]): Promise<void>;
  /** Told of what somebody who watches the network should know. */
  note(line: string): void;
  /** Called once when blocks cannot be made any more: a fault of this program or of the machine. */
  fail(error: unknown): void;
}

/**
 * Four consenters that always agree: takes envelopes, gathers them into blocks and has these appended, one at a time. What
 * was accepted stays queued while the disk is full, and everything new is refused until it is not.
 */
export class BlockOrderer implements Orderer {
  readonly #parts: OrdererParts;
  readonly #requests: Request[] = [];
  readonly #queuedIds = new Set<string>();
  #storageFull: NetworkError | undefined;
  #stopping = false;
  /** Ends the pause of the loop, where it makes one. */
  #wake: () => void = () => undefined;
  readonly #loop: Promise<void>;

  constructor(parts: OrdererParts) {
    this.#parts = parts;
    this.#loop = this.#run().catch((error: unknown) => {
      this.#stopping = true;
      parts.fail(error);
    });
  }

  broadcast(envelope: Uint8Array): Promise<BroadcastResult> {
    return Promise.resolve(this.#accept(envelope));
  }

  /** Stops after the block that is being made. Requests that are still queued are dropped: nobody was told of a commit. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#loop;
  }

  #accept(bytes: Uint8Array): BroadcastResult {
    if (this.#stopping) return unavailable('the network is stopping');
    if (this.#storageFull !== undefined) return unavailable(`STORAGE_FULL: ${this.#storageFull.message}`);
    const judgement = this.#parts.judge(bytes);
    if (!judgement.accepted) return judgement.refusal;
    const { requestId, envelope, isConfig } = judgement;
    // SmartBFT's pool knows a request by nonce and creator, and gateways take only the first of these for success.
    if (this.#queuedIds.has(requestId)) return unavailable(`${SUBMIT_FAILED}: request already exists`);
    if (this.#parts.isKnown(requestId)) return unavailable(`${SUBMIT_FAILED}: request already processed`);
    this.#queuedIds.add(requestId);
    this.#requests.push({ requestId, envelope, isConfig, since: performance.now() });
    this.#wake();
    return { status: Status.SUCCESS, info: '' };
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const wait = waitBeforeCutting(this.#requests, this.#parts.limits(), performance.now());
      if (wait > 0) await this.#pause(wait);
      else await this.#cut();
    }
  }

  async #cut(): Promise<void> {
    const batch = this.#requests.slice(0, batchSize(this.#requests, this.#parts.limits()));
    await this.#appendDurably(batch.map(({ envelope }) => envelope));
    // Only now: until the ledger knows the ids, the queue must.
    this.#requests.splice(0, batch.length);
    for (const { requestId } of batch) this.#queuedIds.delete(requestId);
    if (batch.some(({ isConfig }) => isConfig)) this.#prune();
  }

  /** Drops from the queue what the new configuration does not allow. */
  #prune(): void {
    const waiting = this.#requests.splice(0);
    for (const request of waiting) {
      if (this.#parts.mayStillBeOrdered(request.envelope)) this.#requests.push(request);
      else this.#queuedIds.delete(request.requestId);
    }
  }

  /** Tries until there is room on the disk, or the network stops. */
  async #appendDurably(envelopes: readonly Uint8Array[]): Promise<void> {
    for (;;) {
      try {
        await this.#parts.append(envelopes);
        this.#noteStorage(undefined);
        return;
      } catch (error) {
        if (!(error instanceof NetworkError) || error.code !== 'STORAGE_FULL') throw error;
        this.#noteStorage(error);
      }
      await this.#pause(STORAGE_RETRY_MS);
      if (this.#stopping) return;
    }
  }

  #noteStorage(error: NetworkError | undefined): void {
    if ((error === undefined) !== (this.#storageFull === undefined)) {
      this.#parts.note(error === undefined ? 'there is room again' : `STORAGE_FULL: ${error.message}`);
    }
    this.#storageFull = error;
  }

  /** Waits so long, for ever when it is Infinity, or until somebody wakes the loop. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === Infinity ? undefined : setTimeout(resolve, milliseconds);
      this.#wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function unavailable(info: string): BroadcastResult {
  return { status: Status.SERVICE_UNAVAILABLE, info };
}
