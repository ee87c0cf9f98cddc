import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { needFabric } from './testing/need-fabric.js';
import { lastJson, passage } from './testing/passage.js';

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

/** One of each kind; customs' orderer is the first leader. */
const victims = ['ca-port', 'orderer-customs', 'peer-business', 'chaincode-auditor', 'gateway-port'];

describe("the whole chain on Fabric's own programs", () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-fabric-'));
  const where = ['--dir', dir, '--base-port', '22700'] as const;
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

  it('is continued from a stand; up repairs a killed process of each kind', async () => {
    const started = await up();
    expect(started.network).to.equal('fabric');
    expect(started.started).to.include.members(victims);
    for (const victim of victims) {
      const { pid } = JSON.parse(readFileSync(join(dir, 'run', `${victim}.json`), 'utf8')) as { pid: number };
      process.kill(pid, 'SIGKILL');
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

  it('is not continued by the embedded network', async () => {
    const outcome = await passage('network', 'up', '--embedded', '--dir', dir);
    expect(outcome.code).to.equal(3);
    expect(outcome.stderr).to.contain('OTHER_NETWORK');
  });
});
