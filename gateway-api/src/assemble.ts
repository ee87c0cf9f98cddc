import { join } from 'node:path';

import { AccessLog } from './access/access-log.js';
import { AccessRetention } from './access/access-retention.js';
import { assembleAlerts } from './alert-desk/assemble-alerts.js';
import type { AlertWatch } from './alert-desk/alert-watch.js';
import { BackupDoor } from './backup/backup-door.js';
import type { GatewayConfig, SourceSettings } from './config.js';
import { messageOf } from './errors.js';
import { Feed } from './feed/feed.js';
import { FeedStreams } from './feed/feed-streams.js';
import { ledgerPlaces } from './feed/stream-source.js';
import { viewAt } from './feed/view.js';
import type { GatewayPorts } from './gateway-ports.js';
import { assembleEvidence } from './heads/assemble-evidence.js';
import type { EvidenceDoor } from './heads/evidence-door.js';
import type { HeadExchange } from './heads/head-exchange.js';
import { BlockWait } from './index/block-wait.js';
import { Follower } from './index/follower.js';
import { openOrRebuildIndex } from './index/index-database.js';
import { IndexReader } from './index/reader.js';
import { AlertBook } from './ledger-alerts/alert-book.js';
import { blockRefusedAlert } from './ledger-alerts/block-refused.js';
import type { Logger } from './log.js';
import { GatewayMetrics } from './metrics/metrics.js';
import { endorsersOf } from './own-key/endorsers.js';
import { OwnKeyActs } from './own-key/own-key-acts.js';
import { Rechecks } from './recheck/recheck.js';
import type { GatewayServices } from './schema/context.js';
import { CallersSight } from './sight/callers-sight.js';
import { forkSentence, watchOf } from './sources/ledger-sources.js';
import type { SourceWatch } from './sources/source-watch.js';
import { GatewayStatus } from './status.js';
import { batchLimit } from './submission/batch-limit.js';
import { Commands } from './submission/commands.js';
import { CommitBoard } from './submission/commits.js';
import { Dispatcher } from './submission/dispatcher.js';
import { openOperational } from './submission/outbox-database.js';
import { Outbox } from './submission/outbox.js';
import { KeptQuotas } from './submission/kept-quotas.js';
import { Sender } from './submission/sender.js';
import { StatementDoor } from './submission/statements.js';
import { assembleWebhooks } from './webhooks/assemble-webhooks.js';
import type { Webhooks } from './webhooks/webhooks.js';

/** The parts of a gateway, wired together; nothing runs yet. */
export interface AssembledGateway {
  readonly services: GatewayServices;
  readonly follower: Follower;
  readonly sender: Sender;
  readonly dispatcher: Dispatcher;
  readonly metrics: GatewayMetrics;
  readonly exchange: HeadExchange;
  readonly evidenceDoor: EvidenceDoor;
  readonly backups: BackupDoor;
  readonly webhooks: Webhooks;
  readonly retention: AccessRetention;
  readonly alertWatch: AlertWatch;
  /** Absent where the index is held against nothing. */
  readonly watch?: SourceWatch;
  /** Stops sending and following, in that order, and closes the databases. */
  stop(): Promise<void>;
}

/** What of the configuration the parts need. */
export type AssemblySettings = Pick<
  GatewayConfig,
  | 'organization'
  | 'profile'
  | 'trust'
  | 'folder'
  | 'index'
  | 'batch'
  | 'outboxLimit'
  | 'streams'
  | 'webhooks'
  | 'quotas'
  | 'accessDays'
> & { readonly sources?: Pick<SourceSettings, 'settledFork'> };

/** Wires the parts: blocks feed the index, the index tells senders what became of their transactions. */
export async function assembleGateway(
  settings: AssemblySettings,
  ports: GatewayPorts,
  log: Logger,
): Promise<AssembledGateway> {
  const { organization, profile, trust, folder } = settings;
  const { ledger, identities, verifier, pace } = ports;
  const durable = await openOperational(join(folder, 'operational.sqlite'));
  const operational = durable.rows;
  const index = await openOrRebuildIndex(settings.index);
  const reader = new IndexReader(index.rows);
  const outbox = new Outbox(operational);

  const follower = new Follower(ports.source, ports.indexer, log, ports.followerPace);
  const board = new CommitBoard();
  const find = (transactionId: string) => reader.chain.commit(transactionId);
  const metrics = new GatewayMetrics();
  const sender = new Sender({ ledger, board, find, metrics, log, ...(pace && { pace }) });
  const recorded = (ids: readonly string[]) => reader.statements.recorded(ids);
  const identity = identities.party.bind(identities);
  const state = (keys: readonly string[]) => reader.chain.values(profile.chaincode, keys);
  const dispatcher = new Dispatcher({
    outbox,
    sender,
    identity,
    recorded,
    limits: settings.batch,
    batchLimit: () => batchLimit(state),
    metrics,
    log,
    ...(pace && { pace }),
  });
  const access = new AccessLog(durable);
  const retention = new AccessRetention(access, settings.accessDays, log);
  const sights = new CallersSight({ organizations: profile.organizations, state, parties: reader.parties });
  const feed = new Feed(reader);
  await feed.newest();
  const whoSees = { sights, whole: reader };
  const streams = new FeedStreams({
    name: 'feed',
    source: feed,
    cursors: ledgerPlaces,
    head: () => feed.newest(),
    view: (caller) => viewAt(feed.head, caller, whoSees),
    access,
    metrics,
    limits: settings.streams,
    log,
  });
  metrics.watchStreams(() => streams.count + alertStreams.count);
  const blocks = new BlockWait(async () => (await reader.chain.head())?.number ?? -1, ports.blockPatience);
  const { alertDesk, alertStreams, alertWatch } = await assembleAlerts({
    operational,
    whoSees,
    head: () => feed.head,
    parties: reader.parties,
    access,
    metrics,
    limits: settings.streams,
    finder: ports.alertFinder,
    rhythm: ports.alertRhythm,
    log,
  });
  follower.onBlock(({ number: block, transactions, statementIds }) => {
    blocks.announce(block);
    feed.reached(block);
    streams.announce(block);
    alertWatch.announce();
    board.announce(transactions.map((transaction) => ({ ...transaction, block })));
    outbox.settle(statementIds).catch((error: unknown) => {
      log.error({ reason: messageOf(error) }, 'the outbox cannot be written');
    });
  });

  const alerts = new AlertBook(operational, log);
  alerts.onRaised(({ kind }) => {
    metrics.ledgerAlert(kind);
  });
  follower.onRefused((refused) => {
    void alerts.raise(blockRefusedAlert(organization.name, refused));
  });
  const watch = ports.sources && watchOf(ports.sources, reader.chain, alerts);
  watch?.onFork(({ block, organization: by }) => {
    follower.halt(forkSentence(block, by));
  });
  const { heads, statements, bundles, exchange, evidenceDoor } = assembleEvidence({
    operational,
    whole: reader,
    trust,
    source: ports.source,
    organization: organization.name,
    ports: ports.evidence,
    blocks,
    alerts,
    log,
  });
  const open = await alerts.openFork(settings.sources?.settledFork);
  if (open) follower.halt(forkSentence(open.block, open.organization));

  const status = new GatewayStatus({
    ...(watch && { watch }),
    trust,
    follower,
    verifier,
    chain: reader.chain,
    linkedTo: (await reader.chain.head())?.linkedTo,
    outbox,
    sender,
    certificates: ports.certificates,
  });
  metrics.watch(status);
  const quotas = await KeptQuotas.open(operational, settings.quotas, log);
  const door = new StatementDoor({ outbox, dispatcher, state, limit: settings.outboxLimit, quotas, metrics });
  const commands = new Commands(sender, (who, requestId) => reader.chain.request(who, requestId));
  const ownKeyActs = new OwnKeyActs({
    ledger: ports.ownKeyLedger,
    channel: profile.channel,
    chaincode: profile.chaincode,
    sender,
    commands,
    endorsers: (command, argument) =>
      endorsersOf(command, argument, organization.mspId, async (party) => {
        return (await reader.parties.party(party))?.msp_id;
      }),
  });
  const webhooks = await assembleWebhooks({
    operational,
    folder,
    streams,
    alertStreams,
    services: () => services,
    access,
    metrics,
    settings: settings.webhooks,
    log,
  });
  const services: GatewayServices = {
    organization,
    whole: reader,
    sights,
    access,
    alerts,
    streams,
    alertDesk,
    alertStreams,
    webhooks,
    heads,
    statements,
    bundles,
    status,
    rechecks: new Rechecks({
      rows: index.rows,
      organization: organization.name,
      source: ports.source,
      others: ports.sources?.others ?? [],
      rules: ports.reread,
      alerts,
    }),
    blocks,
    identities,
    ledger,
    commands,
    ownKeyActs,
    door,
    outbox,
  };
  return {
    services,
    follower,
    sender,
    dispatcher,
    metrics,
    exchange,
    evidenceDoor,
    backups: new BackupDoor({ operational, folder, organization: organization.name }),
    ...(watch && { watch }),
    webhooks,
    retention,
    alertWatch,
    async stop() {
      await alertWatch.stop();
      await retention.stop();
      await webhooks.stop();
      await streams.stop();
      await alertStreams.stop();
      await dispatcher.stop();
      await quotas.stop();
      await watch?.stop();
      await follower.stop();
      await index.close();
      await access.close();
      await operational.destroy();
    },
  };
}
