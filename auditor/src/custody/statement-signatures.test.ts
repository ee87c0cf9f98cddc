import { readStatement, verifyStatement } from '@passage/domain';
import { prologue, scenarios, scenesOf, TestDevice, testLedger } from '@passage/domain/testing';
import { custodyChain, type Told } from '@passage/evidence/testing';
import { FactFinder } from '@passage/ledger';
import { expect } from 'chai';
import { ReplayRun } from '../replay-run.js';
import { lies } from '../testing/lies/index.js';
import { StatementSignatures } from '@passage/evidence/statements';
import type { PublicJwk, UnverifiedStatement } from '@passage/domain';
import type { RawBlock } from '@passage/ledger';
import type { ReplayReport } from '../report.js';

const today = new Date('2026-01-01T00:00:00.000Z');

interface Replayed {
  readonly report: ReplayReport;
  /** Names of the signatures that were found good beforehand. */
  readonly good: readonly string[];
  readonly devices: readonly PublicJwk[];
}

/** A story replayed twice: after what threads would have found out of each block, and without. */
async function replayedTwice(
  tell: (ledger: string) => readonly Told[],
): Promise<{ readonly beforehand: Replayed; readonly alone: Replayed }> {
  const chain = custodyChain(tell);
  const { genesisHash } = chain;
  const blocks = [...chain.blocks()].map(({ block }) => block);
  const [beforehand, alone] = [
    await replayed(blocks, genesisHash, true),
    await replayed(blocks, genesisHash, false),
  ];
  return { beforehand, alone };
}

async function replayed(
  blocks: readonly RawBlock[],
  genesisHash: string,
  beforehand: boolean,
): Promise<Replayed> {
  const run = new ReplayRun({ genesisHash });
  const finder = new FactFinder({ transactions: true });
  const statements = new StatementSignatures('passage');
  const good: string[] = [];
  const devices: PublicJwk[] = [];
  for (const block of blocks) {
    const batch = finder.newBatch();
    const [facts, signed] = [finder.lookAt(block, batch), statements.goodIn(block.envelopes, batch)];
    const signedStatements = signed();
    good.push(...signedStatements);
    await run.take(block, beforehand ? { ...facts(), signedStatements } : undefined);
    const known = run.newDevices();
    devices.push(...known);
    statements.know(known);
  }
  return { report: run.report('', { complete: true }), good, devices };
}

/** Every scene that writes. */
function scenes(ledger: string): readonly Told[] {
  const told = scenarios.flatMap((scenario) => scenesOf(scenario, ledger, today));
  return told.filter(
    ({ expect: to, openings }) => to.refused === undefined && to.writes.length > 0 && openings === undefined,
  );
}

describe('signatures of devices that were checked beforehand', function () {
  this.timeout(60_000);

  it('are nearly all of a chain, and change nothing of what its replay comes to', async () => {
    const tell = (ledger: string): readonly Told[] => [...prologue(ledger), ...scenes(ledger)];
    const { beforehand, alone } = await replayedTwice(tell);
    expect(beforehand.report).to.deep.equal(alone.report);
    expect(beforehand.report.differences).to.deep.equal([]);
    expect(beforehand.good.length).to.be.greaterThan(10);
    expect(beforehand.devices.length).to.be.greaterThan(1);
  });

  for (const { what, story } of lies.filter(({ check }) =>
    ['device-signature', 'sequence'].includes(check),
  )) {
    it(`hide nothing where ${what}`, async () => {
      const tell = (ledger: string): readonly Told[] => [...prologue(ledger), ...story(ledger)];
      const { beforehand, alone } = await replayedTwice(tell);
      expect(beforehand.report.differences).to.have.length.greaterThan(0);
      expect(beforehand.report).to.deep.equal(alone.report);
    });
  }

  it('speak of those very bytes and that very key', () => {
    const [device, stranger] = [
      new TestDevice(testLedger, Buffer.alloc(32, 7)),
      new TestDevice(testLedger, Buffer.alloc(32, 8)),
    ];
    const statement = readStatement(device.next());
    const [, , signature = ''] = stranger.next().split('.');
    const resigned = readStatement(`${statement.signingInput}.${signature}`);
    const signed = new Set([statement.jws]);
    const refused = (one: UnverifiedStatement, jwk: PublicJwk): void => {
      expect(() => {
        verifyStatement(one, jwk, signed);
      }).to.throw('was not signed by the key it names');
    };
    verifyStatement(statement, device.jwk, signed);
    refused(statement, stranger.jwk);
    expect(resigned.statementId).to.equal(statement.statementId);
    refused(resigned, device.jwk);
  });
});
