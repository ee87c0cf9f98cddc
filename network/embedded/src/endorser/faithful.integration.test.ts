import { status } from '@grpc/grpc-js';
import { expect } from 'chai';

import { endorsersOf } from '../testing/raw-messages.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { TestNetwork } from '../testing/test-network.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('faithful mode: one chaincode process for each organisation', function () {
  this.timeout(90_000);
  let network: TestNetwork;

  before(async () => {
    network = await TestNetwork.start({ faithful: true, answers: { business: 'something else' } });
  });
  after(() => network.stop());

  it('runs a query in the own organisation’s process', async () => {
    expect(text(await network.contract('business').evaluateTransaction('answer'))).to.equal('something else');
    expect(text(await network.contract('port').evaluateTransaction('answer'))).to.equal(
      'the same everywhere',
    );
  });

  it('refuses a transaction on which the processes do not agree', async () => {
    const endorsingOrganizations = ['CustomsMSP', 'PortMSP', 'BusinessMSP', 'AuditorMSP'];
    const error = await refusalOf(network.contract().submit('answer', { endorsingOrganizations }));
    expect(error.code).to.equal(status.ABORTED);
    expect(error.message).to.contain('failed to collect enough transaction endorsements');
    expect(detailsOf(error)).to.deep.equal(['BusinessMSP: ProposalResponsePayloads do not match']);
  });

  it('takes other organisations where the first choice does not agree', async () => {
    await network.stopChaincode('port');
    try {
      // Customs' second choice after port is business, which differs: nobody is left.
      const error = await refusalOf(network.contract().submitTransaction('answer'));
      expect(detailsOf(error)[0]).to.contain('PortMSP: error in simulation');
      expect(detailsOf(error)[1]).to.equal('BusinessMSP: ProposalResponsePayloads do not match');
      // On what does not depend on the process they agree, and business steps in for port.
      const transaction = await network
        .contract()
        .newProposal('put', { arguments: ['a', '1'] })
        .endorse();
      expect(endorsersOf(transaction.getBytes())).to.deep.equal(['CustomsMSP', 'BusinessMSP']);
    } finally {
      await network.startChaincode('port');
    }
  });

  it('keeps read and write endorsements of all four at one height while others commit', async () => {
    const contract = network.contract();
    const endorsingOrganizations = ['CustomsMSP', 'PortMSP', 'BusinessMSP', 'AuditorMSP'];
    const rounds = Array.from({ length: 20 }, () =>
      contract.submitAsync('increment', { arguments: ['busy'], endorsingOrganizations }),
    );
    const outcomes = await Promise.allSettled(rounds);
    expect(outcomes.filter(({ status: outcome }) => outcome === 'rejected')).to.deep.equal([]);
  });
});
