import {
  ApplicationPolicy,
  ApproveChaincodeDefinitionForMyOrgArgs,
  buildSignaturePolicy,
  CommitChaincodeDefinitionArgs,
  encode,
  parsePolicy,
  readDefinition,
} from '@passage/ledger';
import { expect } from 'chai';

import { buildLifecycleTransaction, type LifecycleOperation } from '../definition/lifecycle-transaction.js';
import { orderAndWait } from '../definition/order-and-wait.js';
import type { OrganizationName } from '../network.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';
import { broadcastTo, codesOf, heightOf, replayDifferences } from '../testing/orderer-port.js';
import { TestNetwork } from '../testing/test-network.js';
import { lifecycleLedger } from './ledger.js';
import { callLifecycle } from './lifecycle-chaincode.js';

const POLICY = "AND('CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')";

describe('an upgrade of the chaincode', function () {
  this.timeout(60_000);
  let network: TestNetwork;

  beforeEach(async () => {
    network = await TestNetwork.start();
  });
  afterEach(async () => {
    const differences = replayDifferences(network.embedded.ledger);
    await network.stop();
    expect(differences).to.deep.equal([]);
  });

  const definition = (): object => ({
    sequence: (readDefinition(network.embedded.ledger.state, CHAINCODE)?.sequence ?? 0) + 1,
    name: CHAINCODE,
    version: '2',
    validationParameter: encode(ApplicationPolicy, {
      signaturePolicy: buildSignaturePolicy(parsePolicy(POLICY)),
    }),
  });

  /** A call of _lifecycle, run and endorsed by the peers of these organisations, sent by the first one's admin. */
  function transaction(
    operation: LifecycleOperation,
    argument: Uint8Array,
    ...names: OrganizationName[]
  ): ReturnType<typeof buildLifecycleTransaction> {
    const { ledger } = network.embedded;
    const endorsers = names.map((name) => network.organization(name));
    const [first] = endorsers;
    if (first === undefined) throw new TypeError('nobody endorses');
    const { response, results } = callLifecycle({
      args: [Buffer.from(operation), argument],
      ledger: lifecycleLedger(ledger),
      config: ledger.config(),
      mspId: first.mspId,
      denial: () => undefined,
    });
    expect(response.status, response.message).to.equal(200);
    const peers = endorsers.map(({ peer }) => peer);
    const now = new Date();
    return buildLifecycleTransaction({
      channel: CHANNEL,
      operation,
      argument,
      results,
      creator: first.admin,
      endorsers: peers,
      now,
    });
  }

  const approval = (name: OrganizationName): ReturnType<typeof transaction> =>
    transaction(
      'ApproveChaincodeDefinitionForMyOrg',
      encode(ApproveChaincodeDefinitionForMyOrgArgs, { ...definition(), source: { unavailable: {} } }),
      name,
    );
  const commit = (...names: OrganizationName[]): ReturnType<typeof transaction> =>
    transaction('CommitChaincodeDefinition', encode(CommitChaincodeDefinitionArgs, definition()), ...names);

  async function upgrade(): Promise<void> {
    await orderAndWait(network.embedded, (['customs', 'port', 'business'] as const).map(approval));
    await orderAndWait(network.embedded, [commit('customs', 'port', 'business')]);
  }

  it('changes version and policy from the next block on, in the blocks’ own order', async () => {
    const contract = network.contract('customs');
    const put = (key: string, ...endorsingOrganizations: string[]): ReturnType<typeof contract.newProposal> =>
      contract.newProposal('put', { arguments: [key, '1'], endorsingOrganizations });
    const before = await put('before', 'CustomsMSP', 'PortMSP').endorse();
    expect((await (await before.submit()).getStatus()).code).to.equal(0);
    const waiting = await put('waiting', 'CustomsMSP', 'PortMSP', 'BusinessMSP').endorse();
    await upgrade();
    expect(readDefinition(network.embedded.ledger.state, CHAINCODE)).to.deep.include({
      sequence: 2,
      version: '2',
    });

    expect((await (await waiting.submit()).getStatus()).code, 'endorsed before the upgrade').to.equal(11);
    const two = await put('two', 'CustomsMSP', 'PortMSP').endorse();
    expect((await (await two.submit()).getStatus()).code, 'endorsed by two').to.equal(10);
    await contract.submitTransaction('put', 'all', '1');
  });

  it('takes the endorsement of customs and two more, and of nobody else', async () => {
    await orderAndWait(network.embedded, (['customs', 'port', 'business', 'auditor'] as const).map(approval));
    const { ledger } = network.embedded;
    const outcomes: number[] = [];
    for (const names of [
      ['port', 'business'],
      ['customs', 'port'],
      ['port', 'business', 'auditor'],
      ['customs', 'business', 'auditor'],
    ] as const) {
      const number = ledger.height();
      const { envelope } = commit(...names);
      expect((await broadcastTo(network.organization('port'), envelope)).status).to.equal(200);
      await heightOf(ledger, number + 1);
      outcomes.push(...codesOf(ledger, number));
    }
    expect(outcomes).to.deep.equal([10, 10, 10, 0]);
  });
});
