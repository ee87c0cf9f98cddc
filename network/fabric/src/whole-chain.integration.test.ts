import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { fabricPaths } from './paths.js';
import { findPrograms, needPrograms } from './programs.js';
import { run } from './run-program.js';
import { administratorClient } from './testing/administrator-client.js';
import { needFabric } from './testing/need-fabric.js';
import { lastJson, passage } from './testing/passage.js';
import { CHAINCODE, CHANNEL, ORGANIZATIONS, topology } from './topology.js';

interface Summary {
  readonly network: string;
  readonly height: number;
  readonly statements: { readonly accepted: number };
  readonly trace: { readonly custodian: string };
  readonly audit: { readonly blocks: number; readonly differences: number };
}

interface Status {
  readonly processes: readonly { readonly name: string; readonly state: string }[];
}

interface Started {
  readonly network: string;
  readonly started: readonly string[];
}

interface Replayed {
  readonly level: string;
  readonly complete: boolean;
  readonly transactions: number;
  readonly differences: number;
  readonly findings: number;
  readonly rerun: { readonly rerun: number; readonly notRerun: Readonly<Record<string, number>> };
}

interface Sources {
  readonly blocks: number;
  readonly sources: readonly { readonly reading: string; readonly agrees: readonly (readonly number[])[] }[];
}

const queryCommitted = [
  ...['lifecycle', 'chaincode', 'querycommitted', '--channelID', CHANNEL, '--name', CHAINCODE],
  ...['--output', 'json'],
];

/** One of each kind; customs' orderer is the first leader. */
const victims = ['ca-port', 'orderer-customs', 'peer-business', 'chaincode-auditor', 'gateway-port'];

describe("the whole chain on Fabric's own programs", () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-fabric-'));
  const basePort = 22_700;
  const where = ['--dir', dir, '--base-port', String(basePort)] as const;
  let first: Summary;

  before(function () {
    needFabric(this);
  });

  after(async () => {
    await passage('network', 'down', '--dir', dir);
    rmSync(dir, { recursive: true, force: true });
  });

  const demo = async (): Promise<Summary> => {
    const outcome = await passage('demo', '--once', '--json', '--fabric', ...where);
    expect(outcome.code, outcome.stderr).to.equal(0);
    return lastJson(outcome) as Summary;
  };

  const up = async (): Promise<Started> =>
    lastJson(await passage('network', 'up', '--json', '--dir', dir)) as Started;

  const state = async (name: string): Promise<string | undefined> => {
    const { processes } = lastJson(await passage('network', 'status', '--json', '--dir', dir)) as Status;
    return processes.find((one) => one.name === name)?.state;
  };

  it('is brought up from nothing, tells the story, and is replayed without a difference', async () => {
    first = await demo();
    expect(first.network).to.equal('fabric');
    expect(first.statements.accepted).to.be.above(0);
    expect(first.audit).to.deep.include({ blocks: first.height, differences: 0 });
  });

  function kill(name: string): void {
    const { pid } = JSON.parse(readFileSync(join(dir, 'run', `${name}.json`), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
  }

  it('is continued from a stand; up repairs a killed process of each kind', async () => {
    const started = await up();
    expect(started.network).to.equal('fabric');
    expect(started.started).to.include.members(victims);
    for (const victim of victims) {
      kill(victim);
      await sleep(200);
      expect(await state(victim)).to.equal('dead');
      const repaired = await up();
      expect(repaired.started).to.deep.equal([victim]);
    }
  });

  it('has lost nothing: the same story finds everything on the ledger already', async () => {
    const again = await demo();
    expect(again.height).to.equal(first.height);
    expect(again.trace).to.deep.equal(first.trace);
    expect(again.audit).to.deep.include({ blocks: again.height, differences: 0 });
  });

  /** The organisation whose orderer leads, as customs' orderer tells its metrics. */
  async function leader(): Promise<string> {
    const port = topology(basePort)[0]?.port.ordererOperations;
    const metrics = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    const id = Number(/^consensus_BFT_leader_id\{.*\} (\d+)$/m.exec(metrics)?.[1]);
    return ORGANIZATIONS[id - 1]?.name ?? `nobody (${String(id)})`;
  }

  it('goes on writing when the leading orderer dies, and loses nothing that was acknowledged', async () => {
    const business = administratorClient(dir, basePort, 'business');
    const victim = `orderer-${await leader()}`;
    const recorded: string[] = [];
    const write = async (partyId: string): Promise<void> => {
      const party = JSON.stringify({ requestId: partyId, partyId, name: partyId, roles: ['importer'] });
      for (;;) {
        try {
          await business.contract.submit('RegisterParty', { arguments: [party] });
          return;
        } catch (error) {
          // Too few orderers took it, so it is not ordered: the same request again happens once.
          if (!(error instanceof Error && error.message.includes('UNAVAILABLE'))) throw error;
          await sleep(100);
        }
      }
    };
    try {
      for (let n = 0; n < 10; n += 1) {
        if (n === 3) kill(victim);
        await write(`AFTER-${String(n)}`);
        recorded.push(`AFTER-${String(n)}`);
      }
      for (const partyId of recorded) {
        const found = await business.contract.evaluate('GetParty', {
          arguments: [JSON.stringify({ partyId })],
        });
        expect(Buffer.from(found).toString('utf8')).to.contain(partyId);
      }
    } finally {
      business.close();
    }
    expect((await up()).started).to.deep.equal([victim]);
  });

  it('is upgraded to another package while a party writes: old records stay, the sequence is the next', async () => {
    const business = administratorClient(dir, basePort, 'business');
    const customs = fabricPaths(dir).organization('customs');
    const listed = new URL('../../../chaincode/collections.json', import.meta.url);
    const own = existsSync(listed) ? (JSON.parse(readFileSync(listed, 'utf8')) as readonly object[]) : [];
    const file = join(dir, 'collections.json');
    writeFileSync(file, JSON.stringify([...own, { name: 'upgraded', policy: "OR('CustomsMSP.member')" }]));
    try {
      const party = { requestId: 'IN-FLIGHT', partyId: 'IN-FLIGHT', name: 'In flight', roles: ['importer'] };
      const proposal = business.contract.newProposal('RegisterParty', { arguments: [JSON.stringify(party)] });
      const sent = await (await proposal.endorse()).submit();
      const outcome = await passage('network', 'upgrade', '--json', '--dir', dir, '--collections', file);
      expect(outcome.code, outcome.stderr).to.equal(0);
      const { to } = lastJson(outcome) as { readonly to: string };
      expect(to).to.match(/^1-[0-9a-f]{64}$/);
      expect((await sent.getStatus()).successful).to.equal(true);
      for (const partyId of ['AFTER-0', 'IN-FLIGHT']) {
        const found = await business.contract.evaluate('GetParty', {
          arguments: [JSON.stringify({ partyId })],
        });
        expect(Buffer.from(found).toString('utf8')).to.contain(partyId);
      }
      const committed = await run(needPrograms(findPrograms(process.env)).peer, queryCommitted, {
        FABRIC_CFG_PATH: customs.member('peer').folder,
        CORE_PEER_MSPCONFIGPATH: customs.member('admin').msp,
      });
      expect(JSON.parse(committed.stdout)).to.deep.include({ sequence: 2, version: to });
    } finally {
      business.close();
    }
  });

  it('lets a second customs administration join and order: four of five sign, one may die', async () => {
    const outcome = await passage('network', 'add-organization', '--orderer', '--json', '--dir', dir);
    expect(outcome.code, outcome.stderr).to.equal(0);
    expect(lastJson(outcome)).to.deep.include({ mspId: 'Customs2MSP', orderers: { before: 4, after: 5 } });
    const joined = [{ name: 'customs2', mspId: 'Customs2MSP', orders: true }];
    const customs2 = administratorClient(dir, basePort, 'customs2', joined);
    try {
      kill('orderer-port');
      const found = await customs2.contract.evaluate('GetParty', {
        arguments: [JSON.stringify({ partyId: 'AFTER-0' })],
      });
      expect(Buffer.from(found).toString('utf8')).to.contain('AFTER-0');
      const business = administratorClient(dir, basePort, 'business');
      const party = { requestId: 'FIVE', partyId: 'FIVE', name: 'Five', roles: ['importer'] };
      await business.contract.submit('RegisterParty', { arguments: [JSON.stringify(party)] });
      business.close();
    } finally {
      customs2.close();
    }
    expect((await up()).started).to.deep.equal(['orderer-port']);
  });

  it('replays at every level, the chaincode of both packages run again', async () => {
    for (const level of ['hash', 'ledger', 'rerun']) {
      const outcome = await passage('replay', '--dir', dir, '--org', 'customs2', '--level', level, '--json');
      expect(outcome.code, outcome.stdout + outcome.stderr).to.equal(0);
      const report = lastJson(outcome) as Replayed;
      expect(report).to.deep.include({ level, complete: true, differences: 0, findings: 0 });
      if (level !== 'rerun') continue;
      const { rerun } = report;
      expect(Object.keys(rerun.notRerun)).to.deep.equal(["_lifecycle is Fabric's own"]);
      expect(rerun.rerun).to.be.above(report.transactions / 2);
    }
  });

  it('holds the peers against each other, and the ledger folder of one that is stopped; replays them all at once', async () => {
    kill('peer-business');
    const stopped = join(
      fabricPaths(dir).organization('business').member('peer').folder,
      'data/ledgersData/chains/chains',
      CHANNEL,
    );
    const named = ['--from', stopped, '--peer', 'customs', 'port', 'auditor', '--json'] as const;
    for (const act of [['compare'], ['replay', '--level', 'ledger']]) {
      const outcome = await passage(...act, '--dir', dir, ...named);
      expect(outcome.code, outcome.stdout + outcome.stderr).to.equal(0);
      const { sources, blocks } = lastJson(outcome) as Sources;
      expect(sources.map(({ reading, agrees }) => ({ reading, agrees }))).to.deep.equal(
        sources.map(() => ({ reading: 'ended', agrees: [[0, blocks - 1]] })),
      );
      expect(sources).to.have.length(4);
    }
    const unreachable = await passage('compare', '--dir', dir, '--peer', 'customs', 'business');
    expect(unreachable.code).to.equal(3);
    expect(unreachable.stdout).to.contain('PEER_UNAVAILABLE');
    expect((await up()).started).to.deep.equal(['peer-business']);
    expect((await passage('compare', '--dir', dir)).code).to.equal(0);
  });

  it('is not continued by the embedded network', async () => {
    const outcome = await passage('network', 'up', '--embedded', '--dir', dir);
    expect(outcome.code).to.equal(3);
    expect(outcome.stderr).to.contain('OTHER_NETWORK');
  });
});
