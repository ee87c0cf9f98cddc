import type { Contract } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';

import { CHAINCODE, CHANNEL } from './organizations.js';
import { connectTo } from './testing/client.js';
import { NetworkProcess } from './testing/network-process.js';
import { TestNetwork } from './testing/test-network.js';

describe('kill -9 between endorsement and commit', function () {
  this.timeout(120_000);
  let network: TestNetwork;
  let running: NetworkProcess | undefined;

  before(async () => {
    network = await TestNetwork.start({
      collections: [{ name: 'shared', members: "OR('CustomsMSP.member', 'PortMSP.member')" }],
    });
  });
  after(async () => {
    await running?.kill();
    await network.stop();
  });

  it('loses no private data', async () => {
    const [customs, port] = [network.organization('customs'), network.organization('port')];
    await network.stopServices();
    running = await NetworkProcess.start(network.dir, network.basePort);
    const before = connectTo(customs, network.user('customs'));
    const transaction = await before.gateway
      .getNetwork(CHANNEL)
      .getContract(CHAINCODE)
      .newProposal('putPrivate', { arguments: ['shared', 'k'], transientData: { value: 'kept' } })
      .endorse();
    await running.kill();
    before.close();

    running = await NetworkProcess.start(network.dir, network.basePort);
    const after = connectTo(customs, network.user('customs'));
    const commit = await after.gateway.newTransaction(transaction.getBytes()).submit();
    expect((await commit.getStatus()).code).to.equal(0);
    await running.kill();
    after.close();

    running = await NetworkProcess.start(network.dir, network.basePort);
    for (const organization of [customs, port]) {
      const connection = connectTo(organization, network.user(organization.name));
      const contract: Contract = connection.gateway.getNetwork(CHANNEL).getContract(CHAINCODE);
      const value = await contract.evaluateTransaction('getPrivate', 'shared', 'k');
      expect(Buffer.from(value).toString(), organization.name).to.equal('kept');
      connection.close();
    }
  });
});
