import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { type AdministratorClient, administratorClient } from './testing/administrator-client.js';
import { needFabric } from './testing/need-fabric.js';
import { lastJson, passage } from './testing/passage.js';

/** Four CAs, orderers, peers and chaincode servers, three gateways. */
const PROCESSES = 19;

const WRITERS = 4;

/** A call to a peer that dies may otherwise wait for ever. */
const within = (): { deadline: number } => ({ deadline: Date.now() + 20_000 });

/** Registers parties one after the other until it is ended; what fails is sent again under the same request id. */
class Load {
  readonly acknowledged: string[] = [];
  readonly #client: AdministratorClient;
  readonly #all: Promise<unknown>;
  #sent = 0;
  #ended = false;

  constructor(client: AdministratorClient) {
    this.#client = client;
    this.#all = Promise.all(Array.from({ length: WRITERS }, () => this.#write()));
  }

  /** Resolves when so many more have been acknowledged. */
  async goesOn(more: number): Promise<void> {
    const wanted = this.acknowledged.length + more;
    while (this.acknowledged.length < wanted) await sleep(50);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#all;
  }

  async #write(): Promise<void> {
    while (!this.#ended) {
      const partyId = `UNDERLOAD-${String(this.#sent++)}`;
      const party = JSON.stringify({ requestId: partyId, partyId, name: partyId, roles: ['importer'] });
      for (;;) {
        try {
          await this.#submit(party);
          break;
        } catch {
          await sleep(100);
        }
      }
      this.acknowledged.push(partyId);
    }
  }

  async #submit(party: string): Promise<void> {
    const proposal = this.#client.contract.newProposal('RegisterParty', { arguments: [party] });
    const transaction = await proposal.endorse(within());
    const commit = await transaction.submit(within());
    const { successful } = await commit.getStatus(within());
    if (!successful) throw new Error('not valid');
  }
}

describe('kill -9 of every process in turn, under load', () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-kill-'));
  const basePort = 24_100;

  before(function () {
    needFabric(this);
  });

  after(async () => {
    await passage('network', 'down', '--dir', dir);
    rmSync(dir, { recursive: true, force: true });
  });

  const up = async (): Promise<readonly string[]> => {
    const outcome = await passage(
      'network',
      'up',
      '--fabric',
      '--json',
      '--dir',
      dir,
      '--base-port',
      String(basePort),
    );
    return (lastJson(outcome) as { readonly started: readonly string[] }).started;
  };

  it('is repaired by up, and loses nothing that was acknowledged', async () => {
    const processes = await up();
    expect(processes).to.have.length(PROCESSES);
    const business = administratorClient(dir, basePort, 'business');
    const load = new Load(business);
    await load.goesOn(5);
    for (const victim of processes) {
      const { pid } = JSON.parse(readFileSync(join(dir, 'run', `${victim}.json`), 'utf8')) as { pid: number };
      process.kill(pid, 'SIGKILL');
      await sleep(500);
      expect(await up(), victim).to.deep.equal([victim]);
      await load.goesOn(5);
    }
    await load.end();
    business.close();
    const customs = administratorClient(dir, basePort, 'customs');
    const lost: string[] = [];
    for (const partyId of load.acknowledged) {
      const question = { arguments: [JSON.stringify({ partyId })], endorsingOrganizations: ['CustomsMSP'] };
      const found = await customs.contract.evaluate('GetParty', question).catch(() => new Uint8Array());
      if (!Buffer.from(found).toString('utf8').includes(partyId)) lost.push(partyId);
    }
    customs.close();
    process.stdout.write(
      `      ${String(load.acknowledged.length)} acknowledged, ${String(lost.length)} lost\n`,
    );
    expect(lost).to.deep.equal([]);
  });
});
