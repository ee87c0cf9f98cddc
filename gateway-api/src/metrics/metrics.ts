import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What the gauges read when somebody asks: the same that `ledgerStatus` and `/health` tell. */
export interface StatusSource {
  ledger(): Promise<Heights>;
  health(): Promise<{ readonly ready: boolean }>;
}

interface Heights {
  readonly height: number;
  readonly indexedBlock?: number;
  readonly linkedTo?: number;
  readonly refusedBlock?: object;
  readonly outbox: number;
  readonly agreeing: number;
  readonly halted?: string;
  readonly sources: readonly { readonly organization: string; readonly height?: number }[];
}

/** Statements in one transaction: from one to the ledger's limit. */
const BATCH_BUCKETS = [1, 2, 5, 10, 20, 50, 100];
/** Seconds from sending to the verified block: the block interval of half a second lies in the middle. */
const COMMIT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * What the gateway counts for Prometheus. Names follow Prometheus' rules (unit last, `_total` for counters); no label holds
 * anything of a consignment, a party or a caller, so the page may be read by whoever watches machines.
 */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #refusals: Counter<'code'>;
  readonly #statementRefusals: Counter<'code' | 'at'>;
  readonly #batch: Histogram;
  readonly #commit: Histogram;
  readonly #ledgerAlerts: Counter<'kind'>;
  readonly #streamItems: Counter;
  readonly #webhookAttempts: Counter<'outcome'>;
  readonly #streamEnds: Counter<'why'>;

  constructor() {
    const registers = [this.#registry];
    this.#refusals = new Counter({
      name: 'passage_refusals_total',
      help: 'Requests that were refused, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#statementRefusals = new Counter({
      name: 'passage_statement_refusals_total',
      help: 'Statements that were refused, by code; at the door before they were accepted, or by the ledger after it.',
      labelNames: ['code', 'at'],
      registers,
    });
    this.#ledgerAlerts = new Counter({
      name: 'passage_ledger_alerts_total',
      help: 'Alerts about the ledger itself, by kind.',
      labelNames: ['kind'],
      registers,
    });
    this.#batch = new Histogram({
      name: 'passage_batch_statements',
      help: 'Statements in one transaction.',
      buckets: BATCH_BUCKETS,
      registers,
    });
    this.#commit = new Histogram({
      name: 'passage_commit_seconds',
      help: 'From sending a transaction to the verified block that holds it, valid or not.',
      buckets: COMMIT_BUCKETS,
      registers,
    });
    this.#webhookAttempts = new Counter({
      name: 'passage_webhook_attempts_total',
      help: 'Attempts to deliver to webhooks: delivered, failed, or the last one before a pause.',
      labelNames: ['outcome'],
      registers,
    });
    this.#streamItems = new Counter({
      name: 'passage_stream_items_total',
      help: 'Items that streams have told, counted when a stream ends.',
      registers,
    });
    this.#streamEnds = new Counter({
      name: 'passage_stream_ends_total',
      help: 'Streams that ended, by code, or because their reader left.',
      labelNames: ['why'],
      registers,
    });
  }

  /** Adds what is read from the gateway's state, and what Node tells of its process. */
  watch(status: StatusSource): void {
    const gauge = (name: string, help: string, read: (of: Heights) => number): void => {
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        async collect() {
          this.set(read(await status.ledger()));
        },
      });
    };
    gauge('passage_ledger_height_blocks', 'Blocks that the peer is known to have.', ({ height }) => height);
    gauge('passage_index_height_blocks', 'Blocks that the index has verified.', verifiedHeight);
    gauge('passage_index_lag_blocks', 'Blocks that the index is behind its peer.', (ledger) =>
      Math.max(0, ledger.height - verifiedHeight(ledger)),
    );
    gauge(
      'passage_index_linked_blocks',
      'Blocks of which hash, link and orderers alone were checked so far.',
      ({ linkedTo }) => (linkedTo ?? -1) + 1,
    );
    gauge('passage_outbox_statements', 'Statements on their way to the ledger.', ({ outbox }) => outbox);
    gauge(
      'passage_block_refused',
      '1 while a block that fails a check stops the index.',
      ({ refusedBlock }) => (refusedBlock === undefined ? 0 : 1),
    );
    gauge(
      'passage_sources_agreeing',
      'Organisations whose peers have the chain up to the newest indexed block.',
      ({ agreeing }) => agreeing,
    );
    gauge('passage_index_halted', '1 while a fork keeps the index from going on.', ({ halted }) =>
      halted === undefined ? 0 : 1,
    );
    new Gauge({
      name: 'passage_source_height_blocks',
      help: 'Blocks that the peer of each organisation says it has.',
      labelNames: ['organization'],
      registers: [this.#registry],
      async collect() {
        for (const { organization, height } of (await status.ledger()).sources) {
          if (height !== undefined) this.set({ organization }, height);
        }
      },
    });
    new Gauge({
      name: 'passage_ready',
      help: '1 while /health says ready.',
      registers: [this.#registry],
      async collect() {
        this.set((await status.health()).ready ? 1 : 0);
      },
    });
    collectDefaultMetrics({ register: this.#registry });
  }

  /** A request was refused with this code of the closed list. */
  refused(code: string): void {
    this.#refusals.inc({ code });
  }

  /** A statement will not be recorded: it was not accepted (`door`), or it was and the rules refused it (`ledger`). */
  statementRefused(code: string, at: 'door' | 'ledger'): void {
    this.#statementRefusals.inc({ code, at });
  }

  /** Something was noticed of the ledger itself. */
  ledgerAlert(kind: string): void {
    this.#ledgerAlerts.inc({ kind });
  }

  /** A transaction with this many statements was sent. */
  batchSent(statements: number): void {
    this.#batch.observe(statements);
  }

  /** A verified block showed the fate of a transaction, this many seconds after it was first sent. */
  committed(seconds: number): void {
    this.#commit.observe(seconds);
  }

  /** A stream has ended, for a code of the closed list or because its reader `left`, after so many items. */
  streamEnded(items: number, why: string): void {
    this.#streamItems.inc(items);
    this.#streamEnds.inc({ why });
  }

  /** What became of an attempt to deliver to a webhook. */
  webhookAttempt(outcome: 'delivered' | 'failed' | 'paused'): void {
    this.#webhookAttempts.inc({ outcome });
  }

  /** Adds how many streams are open. */
  watchStreams(open: () => number): void {
    new Gauge({
      name: 'passage_streams',
      help: 'Streams that are open.',
      registers: [this.#registry],
      collect() {
        this.set(open());
      },
    });
  }

  /** The page in Prometheus' text format, and its content type. */
  async page(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}

function verifiedHeight({ indexedBlock }: Heights): number {
  return (indexedBlock ?? -1) + 1;
}
