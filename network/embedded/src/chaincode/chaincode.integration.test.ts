import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import type { Contract } from '@hyperledger/fabric-gateway';

import { detailsOf, refusalOf } from '../testing/refusals.js';
import { TestNetwork } from '../testing/test-network.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('a chaincode of Fabric’s own Node runtime on the embedded network', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let contract: Contract;

  before(async () => {
    network = await TestNetwork.start();
    contract = network.contract();
  });
  after(() => network.stop());

  const evaluate = async (name: string, ...args: string[]): Promise<string> =>
    text(await contract.evaluateTransaction(name, ...args));
  const submit = async (name: string, ...args: string[]): Promise<string> =>
    text(await contract.submitTransaction(name, ...args));

  it('does not read what it has just written', async () => {
    await submit('put', 'own', 'before');
    expect(await submit('putThenGet', 'own', 'after')).to.equal('before');
    expect(await evaluate('get', 'own')).to.equal('after');
  });

  it('deletes', async () => {
    await submit('put', 'gone', '1');
    await submit('delete', 'gone');
    expect(await evaluate('get', 'gone')).to.equal('');
  });

  it('reads a history, newest first, with deletions', async () => {
    await submit('put', 'changing', 'one');
    await submit('put', 'changing', 'two');
    await submit('delete', 'changing');
    expect(JSON.parse(await evaluate('history', 'changing'))).to.deep.equal([
      { value: '', isDelete: true },
      { value: 'two', isDelete: false },
      { value: 'one', isDelete: false },
    ]);
  });

  it('passes values of several megabytes', async () => {
    const large = 'x'.repeat(5_000_000);
    await submit('put', 'large', large);
    expect(await evaluate('get', 'large')).to.have.length(large.length);
  });

  describe('ranges', () => {
    before(() => submit('putMany', 'r', '260'));

    it('reads them in the order of bytes, over several batches', async () => {
      const keys = JSON.parse(await evaluate('countRange', 'r', 's')) as string[];
      expect(keys).to.have.length(260);
      expect(keys).to.deep.equal(keys.toSorted());
    });

    it('reads them page by page', async () => {
      const first = JSON.parse(await evaluate('page', 'r', 's', '200', '')) as {
        keys: string[];
        bookmark: string;
      };
      expect(first.keys).to.have.length(200);
      const rest = JSON.parse(await evaluate('page', 'r', 's', '200', first.bookmark)) as typeof first;
      expect(rest.keys).to.have.length(60);
      expect(rest.bookmark).to.equal('');
    });

    it('finds composite keys by their first attributes, and not among plain keys', async () => {
      for (const attributes of [
        ['red', '1'],
        ['red', '2'],
        ['blue', '1'],
      ]) {
        await submit('putComposite', 'colour', ...attributes);
      }
      expect(JSON.parse(await evaluate('composite', 'colour', 'red'))).to.deep.equal([
        ['red', '1'],
        ['red', '2'],
      ]);
      const plain = JSON.parse(await evaluate('countRange', '', '')) as string[];
      expect(plain.filter((key) => key.includes('colour'))).to.deep.equal([]);
    });

    it('refuses to write after a page', async () => {
      const error = await refusalOf(contract.submitTransaction('pageThenPut', 'r', 's'));
      expect(detailsOf(error)[0]).to.contain('Transaction has already performed a paginated query');
    });

    it('commits a transaction that read a range of more than 50 keys', async () => {
      expect(JSON.parse(await submit('countRange', 'r', 's', 'how-many'))).to.have.length(260);
      expect(await evaluate('get', 'how-many')).to.equal('260');
    });

    it('refuses a transaction as phantom read if a key came into its range meanwhile', async () => {
      for (const [start, end, inBetween] of [
        ['r', 's', 'r0005-new'],
        ['r0250', 's', 'r0255-new'],
      ] as const) {
        const transaction = await contract
          .newProposal('countRange', { arguments: [start, end, 'counted'] })
          .endorse();
        await submit('put', inBetween, '1');
        const { code } = await (await transaction.submit()).getStatus();
        expect(code, `range from ${start}`).to.equal(12);
      }
    });
  });

  describe('what a peer with LevelDB and one chaincode cannot do', () => {
    const cases: readonly [name: string, args: string[], what: string][] = [
      ['richQuery', [], 'ExecuteQuery not supported for leveldb'],
      ['invokeOther', [], 'chaincode other not found'],
    ];
    for (const [name, args, what] of cases) {
      it(`fails the call in words: ${what} (${name})`, async () => {
        const error = await refusalOf(contract.submitTransaction(name, ...args));
        expect(error.code).to.equal(status.ABORTED);
        expect(detailsOf(error)[0]).to.contain(what);
      });
    }
  });

  describe('the connection', () => {
    it('lets the same proposal run only once at a time', async () => {
      const proposal = contract.newProposal('sleep', { arguments: ['300'] });
      const outcomes = await Promise.allSettled([proposal.evaluate(), proposal.evaluate()]);
      const refused = outcomes.filter(({ status: outcome }) => outcome === 'rejected');
      expect(refused).to.have.length(1);
    });

    it('says that the stream ended if the process dies in a call, and works again after a restart', async () => {
      const error = await refusalOf(contract.submitTransaction('crash'));
      expect(error.code).to.equal(status.ABORTED);
      expect(detailsOf(error)[0]).to.contain('chaincode stream terminated');

      const away = await refusalOf(contract.submitTransaction('put', 'a', '1'));
      expect(away.code).to.equal(status.ABORTED);
      expect(detailsOf(away)[0]).to.contain('could not launch chaincode passage');
      expect(detailsOf(away)[0]).to.contain('ECONNREFUSED');

      await network.startChaincode('customs');
      await submit('put', 'back', 'again');
      expect(await evaluate('get', 'back')).to.equal('again');
    });

    it('asks every peer before it gives up an evaluation', async () => {
      await network.stopChaincode('customs');
      const error = await refusalOf(contract.evaluateTransaction('get', 'a'));
      expect(error.code).to.equal(status.ABORTED);
      expect(error.message).to.contain('failed to evaluate transaction, see attached details for more info');
      expect(detailsOf(error)).to.have.length(4);
      await network.startChaincode('customs');
    });
  });
});
