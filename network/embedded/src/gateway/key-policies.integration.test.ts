import { expect } from 'chai';
import type { Contract, Status } from '@hyperledger/fabric-gateway';
import { encodeSignaturePolicy, parsePolicy, toHex } from '@passage/ledger';

import { endorsersOf } from '../testing/raw-messages.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { disagreements } from '../testing/replay.js';
import { TestNetwork } from '../testing/test-network.js';
import type { OrganizationName } from '../network.js';

/** Customs and one of port and business: the policy of customs' keys in the design. */
const CUSTOMS_KEY = toHex(
  encodeSignaturePolicy(parsePolicy("AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))")),
);
const TWO_OF_THREE = toHex(
  encodeSignaturePolicy(parsePolicy("OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')")),
);
const MSP_IDS = { c: 'CustomsMSP', p: 'PortMSP', b: 'BusinessMSP', a: 'AuditorMSP' } as const;

for (const faithful of [false, true]) {
  describe(`policies of single keys, ${faithful ? 'faithful' : 'fast'} mode`, function () {
    this.timeout(120_000);
    let network: TestNetwork;
    let contract: Contract;

    before(async () => {
      network = await TestNetwork.start({ faithful, batchIntervalMs: 150 });
      contract = network.contract('port');
    });
    after(() => network.stop());

    /** Sends a transaction endorsed by these organisations, `c+p`, and gives its fate when it is known. */
    const send = async (by: string, name: string, ...args: string[]): Promise<() => Promise<Status>> => {
      const endorsingOrganizations = by.split('+').map((letter) => MSP_IDS[letter as keyof typeof MSP_IDS]);
      const proposal = contract.newProposal(name, { arguments: args, endorsingOrganizations });
      const commit = await (await proposal.endorse()).submit();
      return () => commit.getStatus();
    };
    const codeOf = async (by: string, name: string, ...args: string[]): Promise<number> =>
      (await (await send(by, name, ...args))()).code;

    /** Sends transactions that were endorsed at the same height in one block, and gives their codes. */
    async function together(...calls: [by: string, name: string, ...args: string[]][]): Promise<number[]> {
      const endorsed = await Promise.all(
        calls.map(async ([by, name, ...args]) => {
          const endorsingOrganizations = by
            .split('+')
            .map((letter) => MSP_IDS[letter as keyof typeof MSP_IDS]);
          return contract.newProposal(name, { arguments: args, endorsingOrganizations }).endorse();
        }),
      );
      const commits = [];
      for (const transaction of endorsed) commits.push(await transaction.submit());
      const fates = await Promise.all(commits.map((commit) => commit.getStatus()));
      expect(new Set(fates.map(({ blockNumber }) => blockNumber)), 'one block').to.have.length(1);
      return fates.map(({ code }) => code);
    }

    const planOf = async (from: OrganizationName, name: string, ...args: string[]): Promise<string[]> => {
      const transaction = await network.contract(from).newProposal(name, { arguments: args }).endorse();
      return endorsersOf(transaction.getBytes()).toSorted();
    };

    describe('a key of customs', () => {
      before(async () => {
        expect(await codeOf('c+p', 'putPolicy', 'customs', CUSTOMS_KEY, 'one')).to.equal(0);
      });

      for (const by of ['c+p', 'c+b', 'c+p+b', 'c+p+a', 'a+p+c']) {
        it(`is written by ${by}`, async () => expect(await codeOf(by, 'put', 'customs', by)).to.equal(0));
      }

      for (const by of ['p+b', 'p+b+a', 'c', 'c+a']) {
        it(`is not written by ${by}`, async () =>
          expect(await codeOf(by, 'put', 'customs', by)).to.equal(10));
      }

      it('is neither deleted nor given another policy without customs', async () => {
        expect(await codeOf('p+b', 'delete', 'customs')).to.equal(10);
        expect(await codeOf('p+b', 'putPolicy', 'customs', TWO_OF_THREE)).to.equal(10);
        expect(await codeOf('p+b', 'putPolicy', 'customs', '')).to.equal(10);
        expect(Buffer.from(await contract.evaluateTransaction('getPolicy', 'customs')).toString()).to.equal(
          CUSTOMS_KEY,
        );
      });

      it('lets every gateway plan customs in', async () => {
        for (const from of ['customs', 'port', 'business', 'auditor'] as const) {
          const plan = await planOf(from, 'put', 'customs', 'planned');
          expect(plan, from).to.include('CustomsMSP').and.to.have.length(2);
          expect(plan, from).not.to.include('AuditorMSP');
        }
        expect(await planOf('business', 'put', 'customs', 'planned')).to.deep.equal([
          'BusinessMSP',
          'CustomsMSP',
        ]);
      });

      it('guards a key that is not there yet, if it is written with it', async () => {
        expect(await planOf('port', 'put', 'fresh', '1')).to.include('PortMSP');
        for (const from of ['port', 'business'] as const) {
          expect(await planOf(from, 'putWithGuard', 'fresh', 'customs'), from).to.include('CustomsMSP');
        }
        expect(await codeOf('p+b', 'putWithGuard', 'fresh', 'customs')).to.equal(10);
        expect(await codeOf('c+p', 'putWithGuard', 'fresh', 'customs')).to.equal(0);
      });
    });

    describe('a key that is held for a while', () => {
      before(async () => {
        expect(await codeOf('p+b', 'put', 'held', 'goods')).to.equal(0);
        expect(await codeOf('c+p', 'putPolicy', 'held', CUSTOMS_KEY)).to.equal(0);
      });

      it('is closed to others and open to customs', async () => {
        expect(await codeOf('p+b', 'put', 'held', 'taken')).to.equal(10);
        expect(await codeOf('p+b', 'putPolicy', 'held', '')).to.equal(10);
        expect(await codeOf('c+p', 'put', 'held', 'moved')).to.equal(0);
      });

      it('is free again after a release to any two, and planned with the gateway’s own organisation', async () => {
        expect(await codeOf('c+p', 'putPolicy', 'held', TWO_OF_THREE)).to.equal(0);
        expect(await codeOf('p+b', 'put', 'held', 'free')).to.equal(0);
        expect(await codeOf('c+a', 'put', 'held', 'free')).to.equal(10);
        expect(await planOf('port', 'put', 'held', 'free'))
          .to.include('PortMSP')
          .and.to.have.length(2);
      });

      it('is free for validation after a release by empty bytes, but the gateway finds no endorsers', async () => {
        expect(await codeOf('p+b', 'putPolicy', 'held', '')).to.equal(0);
        expect(Buffer.from(await contract.evaluateTransaction('getPolicy', 'held')).toString()).to.equal('');
        expect(await codeOf('p+b', 'put', 'held', 'free')).to.equal(0);
        expect(await codeOf('c+a', 'put', 'held', 'free')).to.equal(10);
        const refusal = await refusalOf(planOf('port', 'put', 'held', 'free'));
        expect(refusal.message).to.include('state based endorsement policy cannot be satisfied');
      });

      it('loses its policy when it is deleted', async () => {
        expect(await codeOf('c+p', 'putPolicy', 'held', CUSTOMS_KEY)).to.equal(0);
        expect(await codeOf('c+p', 'delete', 'held')).to.equal(0);
        expect(await codeOf('p+b', 'put', 'held', 'again')).to.equal(0);
      });
    });

    describe('within one block', () => {
      it('whoever writes after a change of the policy fails, whatever policy it satisfies', async () => {
        expect(await codeOf('c+p', 'putPolicy', 'same', CUSTOMS_KEY, '1')).to.equal(0);
        const after = ['c+p', 'put', 'same', '2'] as const;
        expect(await together(['c+p', 'putPolicy', 'same', ''], [...after])).to.deep.equal([0, 10]);
        expect(await together(['c+p', 'putPolicy', 'same', CUSTOMS_KEY], [...after])).to.deep.equal([0, 10]);
        expect(await together(['p+b', 'putPolicy', 'same', ''], [...after])).to.deep.equal([10, 0]);
      });

      it('a new key is judged by the policy that an earlier transaction gave it', async () => {
        expect(
          await together(['p+b', 'put', 'n1', '1'], ['c+p', 'putPolicy', 'n1', CUSTOMS_KEY, '2']),
        ).to.deep.equal([0, 0]);
        expect(
          await together(['c+p', 'putPolicy', 'n2', CUSTOMS_KEY, '2'], ['p+b', 'put', 'n2', '1']),
        ).to.deep.equal([0, 10]);
      });
    });

    describe('beyond that', () => {
      it('leaves nothing where the key does not exist', async () => {
        expect(await codeOf('c+p', 'putPolicy', 'absent', CUSTOMS_KEY)).to.equal(0);
        expect(await codeOf('p+b', 'put', 'absent', '1')).to.equal(0);
      });

      it('keeps everybody from endorsing a write when the bytes are no policy', async () => {
        expect(await codeOf('c+p', 'putPolicy', 'spoilt', toHex(Buffer.from('none')), '1')).to.equal(0);
        const error = await refusalOf(contract.submitTransaction('put', 'spoilt', '2'));
        expect(detailsOf(error)[0]).to.contain('error unmarshalling SignaturePolicyEnvelope');
      });

      it('leaves a chain on which every replay agrees', () => {
        expect(disagreements(network.embedded.ledger)).to.deep.equal([]);
      });
    });
  });
}
