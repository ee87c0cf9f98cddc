import { randomBytes } from 'node:crypto';

import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { CommitError, CommitStatusError } from '@hyperledger/fabric-gateway';
import type { Contract } from '@hyperledger/fabric-gateway';

import { CHAINCODE, CHANNEL } from '../organizations.js';
import { commitStatusRequest, endorsersOf, proposalAt, signAs } from '../testing/raw-messages.js';
import { createUser } from '../testing/client.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { TestNetwork } from '../testing/test-network.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('gateway service, with Fabric’s own client', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let contract: Contract;

  before(async () => {
    network = await TestNetwork.start();
    contract = network.contract();
  });
  after(() => network.stop());

  describe('a transaction', () => {
    it('is endorsed, ordered, committed, and seen by queries at every gateway', async () => {
      await contract.submitTransaction('put', 'plate', 'sealed');
      for (const { name } of network.organizations) {
        expect(text(await network.contract(name).evaluateTransaction('get', 'plate'))).to.equal('sealed');
      }
    });

    it('returns the chaincode’s answer from endorsement and the block from commit status', async () => {
      const commit = await contract.submitAsync('increment', { arguments: ['counter'] });
      expect(text(commit.getResult())).to.equal('1');
      const { successful, code, blockNumber } = await commit.getStatus();
      expect({ successful, code }).to.deep.equal({ successful: true, code: 0 });
      expect(Number(blockNumber)).to.equal(network.embedded.ledger.height() - 1);
    });

    it('tells the status of a transaction that was committed long ago', async () => {
      const commit = await contract.submitAsync('put', { arguments: ['old', '1'] });
      const first = await commit.getStatus();
      await contract.submitTransaction('put', 'newer', '1');
      expect(await commit.getStatus()).to.deep.equal(first);
    });

    it('carries the two endorsements that the policy needs, the own organisation’s among them', async () => {
      const port = network.contract('port');
      const transaction = await port.newProposal('put', { arguments: ['a', '1'] }).endorse();
      expect(endorsersOf(transaction.getBytes())).to.deep.equal(['CustomsMSP', 'PortMSP']);
    });

    it('is never endorsed by the auditor unless the client names it', async () => {
      const auditor = network.contract('auditor');
      const unnamed = await auditor.newProposal('put', { arguments: ['a', '1'] }).endorse();
      expect(endorsersOf(unnamed.getBytes())).to.deep.equal(['CustomsMSP', 'PortMSP']);
      const endorsingOrganizations = ['AuditorMSP', 'BusinessMSP'];
      const named = await auditor
        .newProposal('put', { arguments: ['a', '1'], endorsingOrganizations })
        .endorse();
      expect(endorsersOf(named.getBytes())).to.have.members(endorsingOrganizations);
    });

    it('sees the client’s identity and transient data, which no block holds', async () => {
      const proposal = contract.newProposal('transient', {
        arguments: ['secret'],
        transientData: { secret: 'opening' },
      });
      expect(text(await proposal.evaluate())).to.equal('opening');
      expect(text(await network.contract('business').evaluateTransaction('creator'))).to.equal('BusinessMSP');
      const options = { arguments: ['a', '1'], transientData: { secret: 'opening' } };
      const transaction = await contract.newProposal('put', options).endorse();
      expect(Buffer.from(transaction.getBytes()).includes('opening')).to.equal(false);
    });

    it('may be signed elsewhere, by a key that the connection does not have', async () => {
      const { gateway } = network.connect('customs', network.user('port'));
      const user = network.user('customs');
      const { bytes, signed } = proposalAt(new Date(), user);
      const transaction = await gateway.newSignedProposal(bytes, signAs(user, signed)).endorse();
      const payload = transaction.getDigest();
      expect(payload).to.have.length(32);
      expect(endorsersOf(transaction.getBytes())).to.deep.equal(['CustomsMSP', 'PortMSP']);
    });
  });

  describe('a refusal', () => {
    it('by the chaincode on evaluate is UNKNOWN with its message', async () => {
      const error = await refusalOf(contract.evaluateTransaction('fail', 'NOT_YOURS: hands off {}'));
      expect(error.code).to.equal(status.UNKNOWN);
      expect(error.message).to.contain(
        'evaluate call to endorser returned error: chaincode response 500, NOT_YOURS',
      );
      expect(detailsOf(error)).to.deep.equal(['CustomsMSP: chaincode response 500, NOT_YOURS: hands off {}']);
    });

    it('by the chaincode on endorse is ABORTED with its message and transaction id', async () => {
      const error = await refusalOf(contract.submitTransaction('fail', 'NOT_YOURS: hands off {}'));
      expect(error.name).to.equal('EndorseError');
      expect(error.code).to.equal(status.ABORTED);
      expect(error.message).to.contain('failed to endorse transaction, see attached details for more info');
      expect(detailsOf(error)).to.deep.equal(['CustomsMSP: chaincode response 500, NOT_YOURS: hands off {}']);
      expect(error)
        .to.have.property('transactionId')
        .that.matches(/^[0-9a-f]{64}$/);
      expect(error.details[0]?.address).to.equal(`localhost:${network.organization('customs').ports.peer}`);
    });

    it('by the chaincode with named endorsers comes from each of them', async () => {
      const options = { arguments: ['no'], endorsingOrganizations: ['PortMSP', 'BusinessMSP'] };
      const error = await refusalOf(contract.submit('fail', options));
      expect(error.code).to.equal(status.ABORTED);
      expect(error.message).to.contain('failed to collect enough transaction endorsements');
      expect(detailsOf(error)).to.have.members([
        'PortMSP: chaincode response 500, no',
        'BusinessMSP: chaincode response 500, no',
      ]);
    });

    it('of an unknown chaincode says that nobody has it', async () => {
      const unknown = network.channel().getContract('elsewhere');
      const evaluated = await refusalOf(unknown.evaluateTransaction('get', 'a'));
      expect(evaluated.code).to.equal(status.FAILED_PRECONDITION);
      expect(evaluated.message).to.contain(
        `no peers available to evaluate chaincode elsewhere in channel ${CHANNEL}`,
      );
      const endorsed = await refusalOf(unknown.submitTransaction('put', 'a', '1'));
      expect(endorsed.code).to.equal(status.FAILED_PRECONDITION);
      expect(endorsed.message).to.contain(
        'no combination of peers can be derived which satisfy the endorsement policy',
      );
    });

    it('of an unknown channel says so', async () => {
      const elsewhere = network.connect().gateway.getNetwork('elsewhere').getContract(CHAINCODE);
      const error = await refusalOf(elsewhere.evaluateTransaction('get', 'a'));
      expect(error.code).to.equal(status.UNAVAILABLE);
      expect(error.message).to.contain('failed to get config for channel [elsewhere]');
    });

    it('of named endorsers that do not exist names them', async () => {
      const endorsingOrganizations = ['CustomsMSP', 'NoMSP', 'NeitherMSP'];
      const error = await refusalOf(
        contract.submit('put', { arguments: ['a', '1'], endorsingOrganizations }),
      );
      expect(error.code).to.equal(status.UNAVAILABLE);
      expect(error.message).to.contain('failed to find any endorsing peers for org(s): NoMSP, NeitherMSP');
    });

    it('of a wrong signature says no more than whose it was to be', async () => {
      const { key } = network.user('port');
      const forger = network.connect('customs', { identity: network.user('customs').identity, key });
      const forged = forger.gateway.getNetwork(CHANNEL).getContract(CHAINCODE);
      const sentence = `error validating proposal: access denied: channel [${CHANNEL}] creator org [CustomsMSP]`;
      const evaluated = await refusalOf(forged.evaluateTransaction('get', 'a'));
      expect(evaluated.code).to.equal(status.FAILED_PRECONDITION);
      expect(detailsOf(evaluated)).to.deep.equal([`CustomsMSP: ${sentence}`]);
      const endorsed = await refusalOf(forged.submitTransaction('put', 'a', '1'));
      expect(endorsed.code).to.equal(status.ABORTED);
      expect(detailsOf(endorsed)).to.deep.equal([`CustomsMSP: ${sentence}`]);
    });

    it('of a certificate of another CA or MSP does not name it', async () => {
      const { key, identity } = network.user('port');
      for (const mspId of ['CustomsMSP', 'NoMSP']) {
        const stranger = network.connect('customs', { key, identity: { ...identity, mspId } });
        const call = stranger.gateway
          .getNetwork(CHANNEL)
          .getContract(CHAINCODE)
          .evaluateTransaction('get', 'a');
        const error = await refusalOf(call);
        expect(error.message).to.contain('creator org unknown, creator is malformed');
      }
    });

    it('of an expired certificate comes before everything else, from every peer that is asked', async () => {
      const longAgo = new Date(Date.now() - 6 * 365 * 24 * 3_600_000);
      const user = await createUser(network.organization('customs'), network.paths, longAgo);
      const expired = network.connect('customs', user).gateway.getNetwork(CHANNEL).getContract(CHAINCODE);
      const error = await refusalOf(expired.evaluateTransaction('get', 'a'));
      expect(error.code).to.equal(status.UNAVAILABLE);
      expect(detailsOf(error)[0]).to.equal('CustomsMSP: proposal client identity expired');
      expect(detailsOf(error)).to.have.length(4);
    });

    it('of a client whose clock is twenty minutes off names both times', async () => {
      const { gateway } = network.connect();
      for (const minutes of [-20, 20]) {
        const time = new Date(Date.now() + minutes * 60_000);
        const user = network.user('customs');
        const { bytes, signed: proposal } = proposalAt(time, user);
        const signed = gateway.newSignedProposal(bytes, signAs(user, proposal));
        const error = await refusalOf(signed.endorse());
        expect(error.code).to.equal(status.ABORTED);
        expect(detailsOf(error)[0]).to.contain('request unauthorized due to incorrect timestamp');
        expect(detailsOf(error)[0]).to.contain(time.toISOString().slice(0, 16));
        expect(detailsOf(error)[0]).to.contain('peer.authentication.timewindow 15m0s');
      }
    });

    it('of a proposal whose transaction is on the ledger already calls it a duplicate', async () => {
      const proposal = contract.newProposal('put', { arguments: ['a', '1'] });
      const transaction = await proposal.endorse();
      await (await transaction.submit()).getStatus();
      const error = await refusalOf(proposal.endorse());
      expect(detailsOf(error)[0]).to.contain(`duplicate transaction found [${proposal.getTransactionId()}]`);
    });

    it('of a transaction that was sent before comes from as many orderers as make a quorum impossible', async () => {
      const transaction = await contract.newProposal('put', { arguments: ['a', '1'] }).endorse();
      const commit = await transaction.submit();
      await commit.getStatus();
      const error = await refusalOf(transaction.submit());
      expect(error.name).to.equal('SubmitError');
      expect(error.code).to.equal(status.UNAVAILABLE);
      expect(detailsOf(error)).to.have.length(2);
      expect(detailsOf(error)[0]).to.contain('status=SERVICE_UNAVAILABLE, info=');
      expect(detailsOf(error)[0]).to.contain('request already processed');
    });

    it('of the auditor’s clients comes when they submit, not when they evaluate', async () => {
      const auditor = network.contract('auditor');
      await auditor.evaluateTransaction('get', 'a');
      const error = await refusalOf(auditor.submitTransaction('put', 'a', '1'));
      expect(error.name).to.equal('SubmitError');
      expect(error.code).to.equal(status.UNAVAILABLE);
      expect(error.message).to.contain('insufficient number of orderers');
      expect(detailsOf(error)[0]).to.match(
        /^CustomsMSP: received unsuccessful response .*status=FORBIDDEN, info=/,
      );
    });

    it('of a commit status request with a wrong signature is PERMISSION_DENIED', async () => {
      const commit = await contract.submitAsync('put', { arguments: ['a', '1'] });
      const { gateway } = network.connect();
      const error = await refusalOf(gateway.newSignedCommit(commit.getBytes(), randomBytes(70)).getStatus());
      expect(error).to.be.instanceOf(CommitStatusError);
      expect(error.code).to.equal(status.PERMISSION_DENIED);
    });
  });

  describe('a commit that fails', () => {
    it('of two transactions that read and write the same key lets the first one through', async () => {
      const endorsed = await Promise.all(
        [1, 2].map(() => contract.newProposal('increment', { arguments: ['contested'] }).endorse()),
      );
      const commits = await Promise.all(endorsed.map((transaction) => transaction.submit()));
      const codes = await Promise.all(commits.map(async (commit) => (await commit.getStatus()).code));
      expect(codes.toSorted((a, b) => a - b)).to.deep.equal([0, 11]);
      expect(text(await contract.evaluateTransaction('get', 'contested'))).to.equal('1');
    });

    it('is thrown with its validation code', async () => {
      const endorsingOrganizations = ['CustomsMSP'];
      const error: unknown = await contract
        .submit('put', { arguments: ['alone', '1'], endorsingOrganizations })
        .catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(CommitError);
      expect((error as CommitError).code).to.equal(10);
      expect(text(await contract.evaluateTransaction('get', 'alone'))).to.equal('');
    });
  });

  it('stops waiting for a commit when the client does', async () => {
    const request = commitStatusRequest('f'.repeat(64), network.user('customs'));
    const commit = network.connect().gateway.newCommit(request);
    const error = await refusalOf(commit.getStatus({ deadline: Date.now() + 300 }));
    expect(error.code).to.equal(status.DEADLINE_EXCEEDED);
  });
});
