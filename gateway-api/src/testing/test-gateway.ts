import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { defaultRoles } from '@passage/domain';
import type { Caller as LedgerCaller } from '@passage/domain';
import { pino } from 'pino';
import type { Logger } from 'pino';

import { assembleGateway } from '../assemble.js';
import type { AssembledGateway, AssemblySettings } from '../assemble.js';
import type { Caller } from '../auth/caller.js';
import { gatewayError } from '../errors.js';
import type { GatewayPorts } from '../gateway-ports.js';
import type { EvidencePorts } from '../heads/assemble-evidence.js';
import { openIndex } from '../index/index-database.js';
import { openIndexer } from '../index/indexer.js';
import { LedgerVerifier } from '../index/ledger-verifier.js';
import type { QueryLimits } from '../limits/query-limits.js';
import { gatewayServer, graphqlDoor } from '../server.js';
import type { LedgerSources } from '../sources/ledger-sources.js';
import { answerOf } from './answer.js';
import type { Answer, Door } from './answer.js';
import type { RecordedChain } from './recorded-chain.js';
import { FakeLedger, fakeIdentity } from './fake-ledger.js';
import { FakeOwnKeyLedger } from './fake-own-key-ledger.js';
import { FakeVerifier, fakeReread } from './fake-verifier.js';
import { TEST_LEDGER } from './test-device.js';
import { placeOfIndex } from './test-index.js';
import { testSettings } from './test-settings.js';
import type { Org } from './test-settings.js';

/** Callers by the token they send: the test verifier takes their JSON. */
export const importer: Caller = {
  subject: 't',
  org: 'business',
  party: 'KRIMP01',
  role: 'importer',
  admin: false,
};
export const carrier: Caller = {
  subject: 't',
  org: 'business',
  party: 'CARRIER',
  role: 'carrier',
  admin: false,
};
export const admin: Caller = { subject: 't', org: 'business', admin: true };

/** Who sees everything. */
export const auditor: Caller = { subject: 't', org: 'auditor', admin: false };

/** A UCR of the importer's. */
export const UCR = '6KRKRIMP01-0001';

/** A whole gateway over a fake ledger, asked through `yoga.fetch`. */
export class TestGateway implements Door {
  readonly ledger: FakeLedger;
  readonly verifier = new FakeVerifier();
  readonly folder: string;
  readonly gateway: AssembledGateway;
  readonly #door: ReturnType<typeof graphqlDoor>;

  private constructor(
    ledger: FakeLedger,
    folder: string,
    gateway: AssembledGateway,
    verifier: FakeVerifier,
    {
      log = silent,
      limits,
      requestsPerCaller,
    }: {
      readonly log?: Logger;
      readonly limits?: QueryLimits;
      readonly requestsPerCaller?: number;
    },
  ) {
    this.ledger = ledger;
    this.folder = folder;
    this.gateway = gateway;
    this.verifier = verifier;
    const verify = (token: string): Promise<Caller> => {
      if (!token.startsWith('t.'))
        return Promise.reject(gatewayError('UNAUTHENTICATED', 'no', { status: 401 }));
      return Promise.resolve(JSON.parse(Buffer.from(token.slice(2), 'base64url').toString()) as Caller);
    };
    this.#door = graphqlDoor(gateway.services, verify, gateway.metrics, log, {
      limits,
      requestsPerCaller,
    });
  }

  /** Opens a gateway; the same ledger and folder again make a restart. */
  static async open(
    options: {
      ledger?: FakeLedger;
      folder?: string;
      settings?: Partial<AssemblySettings>;
      limits?: QueryLimits;
      requestsPerCaller?: number;
      init?: boolean;
      /** Whose gateway it is; business' unless told otherwise. */
      org?: Org;
      /** What the index is held against; nothing unless told. */
      sources?: LedgerSources;
      /** Where it logs; nowhere unless told. */
      log?: Logger;
      /** Who signs evidence, and whom it is asked of; nobody unless told. */
      evidence?: EvidencePorts;
      /** Recorded blocks of a real chain in place of the fake ledger's; nothing can be sent there. */
      chain?: RecordedChain;
    } = {},
  ): Promise<TestGateway> {
    const ledger = options.ledger ?? new FakeLedger();
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'passage-gateway-'));
    const verifier = new FakeVerifier();
    const settings = testSettings(folder, options.org ?? 'business');
    const { mspId } = settings.organization;
    const { chain } = options;
    if (options.init !== false && chain === undefined) await initialiseOnce(ledger);
    const gateway = await assembleGateway(
      {
        ...settings,
        index: await placeOfIndex(folder),
        ...(chain && { trust: chain.trust }),
        ...options.settings,
      },
      {
        ...(await ports({ ledger, folder, verifier, mspId, ...(chain && { chain }) })),
        ...(options.sources && { sources: options.sources }),
        ...(options.evidence && { evidence: options.evidence }),
      },
      options.log ?? silent,
    );
    return new TestGateway(ledger, folder, gateway, verifier, options);
  }

  /** Follows the ledger until it has caught up, then sends what an earlier run left. */
  async start(): Promise<this> {
    this.gateway.follower.start();
    await this.gateway.follower.caughtUp;
    await this.gateway.dispatcher.resume();
    await this.gateway.webhooks.start();
    this.gateway.retention.start();
    return this;
  }

  /** One GraphQL request. `errors` are those of the answer. */
  async ask(query: string, caller: Caller = importer, variables: object = {}): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    return answerOf(
      await this.fetch({ method: 'POST', headers: { 'content-type': 'application/json' }, body }, caller),
    );
  }

  /** The same without a token. */
  async askAsNobody(query: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query });
    return answerOf(await this.#door.yoga.fetch('http://yoga/graphql', { method: 'POST', headers, body }));
  }

  /** Any HTTP request to `/graphql`, with the caller's token; `search` stands behind the path. */
  async fetch(request: RequestInit = {}, caller: Caller = importer, search = ''): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer t.${Buffer.from(JSON.stringify(caller)).toString('base64url')}`);
    return this.#door.yoga.fetch(`http://yoga/graphql${search}`, { ...request, headers });
  }

  /** The same behind a socket on loopback; its URL, and how to close it. */
  async listen(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
    const server = this.server();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const close = async (): Promise<void> => {
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    };
    return { url: `http://127.0.0.1:${String(port)}/graphql`, close };
  }

  /** The gateway's HTTP server, which nobody listens through yet. */
  server(): Server {
    const { services, metrics, evidenceDoor: evidence } = this.gateway;
    const backup = (): Promise<void> => Promise.reject(new Error('nothing is backed up here'));
    return gatewayServer(this.#door, services, metrics, { backup, evidence });
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
  }

  /** Stops and removes the folder. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const silent = pino({ level: 'silent' });

/** A ledger of one block has no rules yet. */
async function initialiseOnce(ledger: FakeLedger): Promise<void> {
  if (ledger.chain.length === 1) await initialise(ledger);
}

async function ports({
  ledger,
  folder,
  verifier,
  mspId,
  chain,
}: {
  ledger: FakeLedger;
  folder: string;
  verifier: FakeVerifier;
  mspId: string;
  chain?: RecordedChain;
}): Promise<GatewayPorts> {
  const index = await openIndex(await placeOfIndex(folder));
  const rules = chain ? new LedgerVerifier(chain.trust, 'passage', index.writer) : verifier;
  return {
    ledger,
    ownKeyLedger: new FakeOwnKeyLedger(ledger),
    source: chain?.source ?? ledger,
    reread: fakeReread,
    indexer: openIndexer(index, rules, 'passage'),
    identities: {
      admin: () => fakeIdentity({ mspId, admin: true }),
      party: ({ party, role }) => Promise.resolve(fakeIdentity(partyCaller(mspId, party, role))),
    },
    verifier: rules,
    certificates: () => ({ reasons: [], warnings: [] }),
    pace: { resendFirst: 20, resendMost: 100, jitter: 2, away: 5, proposals: 6 },
    alertRhythm: { rest: 0, round: 600_000 },
    followerPace: { first: 5, most: 20 },
    evidence: {
      sign: () => Promise.resolve({ mspId, certificate: 'none', signature: 'none' }),
      peers: [],
      msps: () => {
        throw new Error('nobody signs here');
      },
    },
    blockPatience: 1_000,
  };
}

function partyCaller(mspId: string, partyId: string, role: string): LedgerCaller {
  return { mspId, admin: false, partyId, role, keyHeldBy: 'gateway' };
}

async function initialise(ledger: FakeLedger): Promise<void> {
  const customs = fakeIdentity({ mspId: 'CustomsMSP', admin: true });
  const json = JSON.stringify({ ledger: TEST_LEDGER, roles: defaultRoles });
  await ledger.broadcast(await ledger.endorse('Init', json, customs));
}
