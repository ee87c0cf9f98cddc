import { createConnection } from 'node:net';

import { readBlock, readDefinition, verifyBlockSignatures, type ChannelConfig } from '@passage/ledger';
import { expect } from 'chai';

import { CHAINCODE } from '../organizations.js';
import { approvalsOf } from '../lifecycle/org-approvals.js';
import { lifecycleLedger } from '../lifecycle/ledger.js';
import { LifecycleSimulation } from '../lifecycle/simulation.js';
import { replayDifferences } from '../testing/orderer-port.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { TestNetwork } from '../testing/test-network.js';

const CUSTOMS2 = { name: 'customs2', mspId: 'Customs2MSP' };

describe('a fifth organisation', function () {
  this.timeout(60_000);
  let network: TestNetwork;

  beforeEach(async () => {
    network = await TestNetwork.start({
      collections: [{ name: 'shared', members: "OR('CustomsMSP.member', 'PortMSP.member')" }],
    });
    await network.contract('port').submitTransaction('put', 'before', '1');
  });
  afterEach(async () => {
    const differences = replayDifferences(network.embedded.ledger);
    await network.stop();
    expect(differences, 'a replay from the blocks alone').to.deep.equal([]);
  });

  async function join(orders: boolean): Promise<void> {
    await network.stopServices();
    await network.startServices({ joining: [{ ...CUSTOMS2, orders }] });
    await network.stopChaincode('customs');
    await network.startChaincode('customs');
    await network.addUser('customs2');
  }

  const mspIds = ({ consenters }: ChannelConfig): string[] => consenters.map(({ mspId }) => mspId);

  it('receives everything from block 0, acts through its own gateway, approves, and does not order unasked', async () => {
    await join(false);
    const { ledger } = network.embedded;
    const contract = network.contract('customs2');
    expect(Buffer.from(await contract.evaluateTransaction('get', 'before')).toString()).to.equal('1');
    await contract.submitTransaction('put', 'after', '2');
    expect(ledger.privateData.stateOf('Customs2MSP').get(`${CHAINCODE}$$shared`, 'any')).to.equal(undefined);

    const definition = readDefinition(ledger.state, CHAINCODE);
    if (definition === undefined) throw new TypeError('nothing is defined');
    const simulation = new LifecycleSimulation(lifecycleLedger(ledger));
    const { approvals } = approvalsOf({ simulation, config: ledger.config() }, CHAINCODE, definition);
    expect(approvals.get('Customs2MSP')).to.equal(true);
    expect(definition.sequence, 'no new definition').to.equal(2);

    expect(mspIds(network.embedded.ledger.config())).to.have.length(4);
    expect(await listens(network.organization('customs2').ports.orderer)).to.equal(false);
    expect(await listens(network.organization('customs2').ports.peer)).to.equal(true);
  });

  it('raises the quorum to four of five as a consenter, from the block after its own on', async () => {
    await join(true);
    const { ledger, faults } = network.embedded;
    expect(mspIds(ledger.config())).to.deep.equal([
      'CustomsMSP',
      'PortMSP',
      'BusinessMSP',
      'AuditorMSP',
      'Customs2MSP',
    ]);
    const contract = network.contract('customs2');
    faults.set({ down: ['auditor'] });
    await contract.submitTransaction('put', 'with four', '1');
    const block = readBlock(ledger.getBlock(ledger.height() - 1) ?? new Uint8Array());
    expect(verifyBlockSignatures(block, ledger.config())).to.deep.include({
      satisfied: true,
      signers: [1, 2, 3, 5],
      required: 4,
    });
    faults.set({ down: ['auditor', 'business'] });
    const refused = await refusalOf(contract.submitTransaction('put', 'with three', '1'));
    expect(detailsOf(refused).join()).to.contain('no quorum of orderers');
    faults.clear();
  });

  it('stays when the network starts again without being told, and may begin to order later', async () => {
    await join(false);
    await network.stopServices();
    await network.startServices({ joining: [] });
    expect(network.organizations.map(({ name }) => name)).to.include('customs2');
    const height = network.embedded.ledger.height();
    await network.stopServices();
    await network.startServices({ joining: [{ ...CUSTOMS2, orders: true }] });
    expect(network.embedded.ledger.height(), 'one configuration block').to.equal(height + 1);
    expect(mspIds(network.embedded.ledger.config())).to.have.length(5);
    await network.contract('customs2').submitTransaction('put', 'later', '1');
  });

  it('cannot take the name or the MSP of another', async () => {
    await network.stopServices();
    for (const joining of [
      { name: 'port', mspId: 'OtherMSP', orders: false },
      { name: 'other', mspId: 'PortMSP', orders: false },
    ]) {
      const refusal = await network.startServices({ joining: [joining] }).catch((error: unknown) => error);
      expect(refusal).to.have.property('code', 'ORGANIZATION_REFUSED');
    }
    await network.startServices({ joining: [] });
  });
});

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
