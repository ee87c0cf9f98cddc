import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Contract } from '@hyperledger/fabric-gateway';
import { BlockchainInfo, decode } from '@passage/ledger';
import { expect } from 'chai';

import type { Organization, OrganizationName } from './network.js';
import { CHAINCODE, CHANNEL } from './organizations.js';
import { EmbeddedLedger } from './store/embedded-ledger.js';
import { connectTo } from './testing/client.js';
import type { Connection } from './testing/client.js';
import { NetworkProcess } from './testing/network-process.js';
import { RealPeer, findFabricProgram } from './testing/real-peer.js';
import { verdicts } from './testing/verdicts.js';
import { disagreements } from './testing/replay.js';
import { TestNetwork } from './testing/test-network.js';
import { Dice, WORKLOAD_COLLECTIONS, runClient } from './testing/workload.js';
import type { Tally } from './testing/workload.js';

/** From the network's first port to the three of Fabric's peer, behind those of the organisations. */
const REAL_PEER_OFFSET = 81;
const SEED = Number(process.env['PASSAGE_SEED'] ?? 20_261_122);
const ROUNDS = 4;
const CLIENTS = 8;
const CALLS = 40;

/**
 * A random workload in faithful mode, with kill -9 between its rounds; then everybody who can judge the chain does: a replay from
 * the blocks alone and, where it is installed, a peer of Fabric's own.
 */
describe('a random workload, killed between its rounds', function () {
  this.timeout(600_000);
  const tally: Tally = new Map();
  let network: TestNetwork;
  let organizations: readonly Organization[];
  let running: NetworkProcess;
  let genesis: Uint8Array;

  before(async () => {
    network = await TestNetwork.start({
      faithful: true,
      collections: WORKLOAD_COLLECTIONS,
    });
    ({ organizations } = network);
    genesis = network.embedded.ledger.getBlock(0) ?? new Uint8Array();
    await network.stopServices();
    const dice = new Dice(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      running = await NetworkProcess.start(
        network.dir,
        network.basePort,
        '--faithful',
        '--batch-interval',
        '40',
      );
      await runRound(dice, round === ROUNDS - 1);
      if (round < ROUNDS - 1) await running.kill();
    }
    console.log(`      workload of seed ${SEED}: ${JSON.stringify([...tally].sort())}`);
  });
  after(async () => {
    await running.kill();
    await network.stop();
  });

  /** Lets the clients play; a round that is not the last is cut off in the middle. */
  async function runRound(dice: Dice, isLast: boolean): Promise<void> {
    const connections = organizations.map((organization) => connect(organization));
    const contracts = new Map<OrganizationName, Contract>(
      connections.map(({ gateway }, index) => [
        organizations[index]?.name ?? 'customs',
        gateway.getNetwork(CHANNEL).getContract(CHAINCODE),
      ]),
    );
    const clients = Array.from({ length: CLIENTS }, () =>
      runClient(contracts, new Dice(dice.roll(2 ** 31)), CALLS, tally),
    );
    if (isLast) await Promise.all(clients);
    else await Promise.race(clients);
    if (!isLast) await running.kill();
    await Promise.all(clients);
    for (const connection of connections) connection.close();
  }

  const connect = (organization: Organization): Connection =>
    connectTo(organization, network.user(organization.name));

  it('met every fate that it is about', () => {
    for (const code of [0, 10, 11, 12]) expect(tally.get(code), `code ${code}`).to.be.greaterThan(0);
  });

  it('is followed by a peer of Fabric’s own to the same flags and commit hashes', async function () {
    const program = findFabricProgram('peer');
    if (program === undefined) {
      console.log('      not run: Fabric’s program peer is neither on the PATH nor in FABRIC_BIN');
      this.skip();
    }
    const port = network.basePort + REAL_PEER_OFFSET;
    const folder = mkdtempSync(join(tmpdir(), 'passage-real-peer-'));
    const auditor = organizations.find(({ name }) => name === 'auditor') as Organization;
    const real = await RealPeer.start(program, auditor, network.paths, {
      folder,
      port,
      genesis,
    });
    try {
      const atReal = connect({ ...auditor, ports: { ...auditor.ports, peer: port } });
      const atEmbedded = connect(auditor);
      const height = await heightAt(atEmbedded);
      const [ours, theirs] = await Promise.all([verdicts(atEmbedded, height), verdicts(atReal, height)]);
      expect(theirs).to.deep.equal(ours);
      console.log(`      ${height} blocks: same flags and commit hashes at Fabric’s peer`);
      atReal.close();
      atEmbedded.close();
    } finally {
      await real.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is replayed from the blocks alone to the same state', async () => {
    await running.kill();
    const ledger = await EmbeddedLedger.open(network.paths.ledger, () => {
      throw new Error('the ledger is gone');
    });
    try {
      expect(disagreements(ledger)).to.deep.equal([]);
    } finally {
      await ledger.close();
    }
  });
});

async function heightAt({ gateway }: Connection): Promise<number> {
  const contract = gateway.getNetwork(CHANNEL).getContract('qscc');
  return decode(BlockchainInfo, await contract.evaluateTransaction('GetChainInfo', CHANNEL)).height;
}
