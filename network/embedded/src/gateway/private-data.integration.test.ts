import { createHash } from 'node:crypto';

import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import type { Contract } from '@hyperledger/fabric-gateway';
import { hashNamespace, implicitCollection } from '@passage/ledger';

import { CHAINCODE } from '../organizations.js';
import type { OrganizationName } from '../network.js';
import type { CollectionWish } from '../testing/collections.js';
import { endorsersOf } from '../testing/raw-messages.js';
import { detailsOf, refusalOf } from '../testing/refusals.js';
import { disagreements } from '../testing/replay.js';
import { TestNetwork } from '../testing/test-network.js';

const COLLECTIONS: readonly CollectionWish[] = [
  { name: 'shared', members: "OR('CustomsMSP.member', 'PortMSP.member')" },
  { name: 'closed', members: "OR('CustomsMSP.member', 'PortMSP.member')", closed: true },
  {
    name: 'customs',
    members: "OR('CustomsMSP.member')",
    endorsement: "AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))",
  },
  { name: 'fleeting', members: "OR('CustomsMSP.member', 'PortMSP.member')", blockToLive: 1 },
];

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

for (const faithful of [false, true]) {
  describe(`private data, ${faithful ? 'faithful' : 'fast'} mode`, function () {
    this.timeout(120_000);
    let network: TestNetwork;
    const of = (name: OrganizationName): Contract => network.contract(name);

    before(async () => {
      network = await TestNetwork.start({ faithful, collections: COLLECTIONS });
    });
    after(() => network.stop());

    const put = (
      from: OrganizationName,
      collection: string,
      key: string,
      value: string,
    ): Promise<Uint8Array> =>
      of(from).submit('putPrivate', { arguments: [collection, key], transientData: { value } });
    const read = async (at: OrganizationName, collection: string, key: string): Promise<string> =>
      text(await of(at).evaluateTransaction('getPrivate', collection, key));

    describe('a collection of two organisations', () => {
      before(() => put('customs', 'shared', 'price', 'secret price'));

      it('is read by both, and by no other peer', async () => {
        expect(await read('customs', 'shared', 'price')).to.equal('secret price');
        expect(await read('port', 'shared', 'price')).to.equal('secret price');
        for (const outside of ['business', 'auditor'] as const) {
          const error = await refusalOf(of(outside).evaluateTransaction('getPrivate', 'shared', 'price'));
          expect(error.code).to.equal(status.UNKNOWN);
          expect(error.message).to.contain('private data matching public hash version is not available');
        }
      });

      it('shows its hash to everybody', async () => {
        const hash = createHash('sha256').update('secret price').digest('hex');
        for (const name of ['customs', 'auditor'] as const) {
          expect(text(await of(name).evaluateTransaction('getPrivateHash', 'shared', 'price'))).to.equal(
            hash,
          );
        }
      });

      it('leaves no value in any block', () => {
        const { ledger } = network.embedded;
        for (let number = 0; number < ledger.height(); number++) {
          expect(
            Buffer.from(ledger.getBlock(number) ?? []).includes('secret price'),
            `block ${number}`,
          ).to.equal(false);
        }
      });

      it('is kept by its members alone', () => {
        const namespace = hashNamespace(CHAINCODE, 'shared');
        const holders = network.organizations.filter(
          ({ mspId }) =>
            network.embedded.ledger.privateData.stateOf(mspId).get(namespace, 'price') !== undefined,
        );
        expect(holders.map(({ name }) => name)).to.deep.equal(['customs', 'port']);
      });

      it('is read into a transaction by members only, whichever gateway is asked', async () => {
        const transaction = await of('customs')
          .newProposal('measurePrivate', { arguments: ['shared', 'price', 'length'] })
          .endorse();
        expect(endorsersOf(transaction.getBytes()).toSorted()).to.deep.equal(['CustomsMSP', 'PortMSP']);
        expect((await (await transaction.submit()).getStatus()).code).to.equal(0);
        const error = await refusalOf(
          of('business').submitTransaction('measurePrivate', 'shared', 'price', 'length'),
        );
        expect(detailsOf(error)[0]).to.contain('private data matching public hash version is not available');
      });

      it('is not read by a member into what an outsider is asked to endorse too', async () => {
        const endorsingOrganizations = ['CustomsMSP', 'BusinessMSP'];
        const error = await refusalOf(
          of('customs').submit('measurePrivate', {
            arguments: ['shared', 'price', 'n'],
            endorsingOrganizations,
          }),
        );
        expect(detailsOf(error)[0]).to.contain('BusinessMSP: chaincode response 500, GET_STATE failed');
      });

      it('conflicts when a value that was read changes', async () => {
        const transaction = await of('customs')
          .newProposal('measurePrivate', { arguments: ['shared', 'price', 'late'] })
          .endorse();
        await put('port', 'shared', 'price', 'another secret');
        expect((await (await transaction.submit()).getStatus()).code).to.equal(11);
      });

      it('is ranged over in order', async () => {
        for (const key of ['r3', 'r1', 'r2']) await put('customs', 'shared', key, key);
        expect(text(await of('port').evaluateTransaction('privateRange', 'shared', 'r', 's'))).to.equal(
          '["r1","r2","r3"]',
        );
      });

      it('forgets what is deleted, and what is purged in every block too', async () => {
        await put('customs', 'shared', 'gone', 'purged secret');
        const { ledger } = network.embedded;
        const { privateData } = ledger;
        const block = ledger.height() - 1;
        expect([...privateData.writesOf(block, 'PortMSP')]).to.have.length(1);
        await of('customs').submitTransaction('purgePrivate', 'shared', 'gone');
        expect(await read('port', 'shared', 'gone')).to.equal('');
        expect([...privateData.writesOf(block, 'PortMSP')]).to.deep.equal([]);
        await of('customs').submitTransaction('deletePrivate', 'shared', 'r1');
        expect(await read('port', 'shared', 'r1')).to.equal('');
      });

      it('lets a value follow a change of its policy', async () => {
        await of('customs').submitTransaction('putPrivatePolicy', 'shared', 'r2', '');
        expect(await read('port', 'shared', 'r2')).to.equal('r2');
      });
    });

    it('is refused to clients of other organisations where the collection says so', async () => {
      await put('port', 'closed', 'k', '1');
      const error = await refusalOf(of('business').evaluateTransaction('getPrivate', 'closed', 'k'));
      expect(error.message).to.contain(
        'tx creator does not have read access permission on privatedata in chaincodeName:passage collectionName: closed',
      );
    });

    it('goes away when its blocks are over', async () => {
      await put('customs', 'fleeting', 'k', 'short');
      expect(await read('port', 'fleeting', 'k')).to.equal('short');
      for (const n of ['1', '2']) await of('customs').submitTransaction('put', 'tick', n);
      expect(await read('port', 'fleeting', 'k')).to.equal('');
      expect(text(await of('auditor').evaluateTransaction('getPrivateHash', 'fleeting', 'k'))).to.equal('');
    });

    describe('endorsement', () => {
      const codeOf = async (collection: string, ...endorsingOrganizations: string[]): Promise<number> => {
        const proposal = of('customs').newProposal('putPrivate', {
          arguments: [collection, 'k', 'v'],
          endorsingOrganizations,
        });
        const commit = await (await proposal.endorse()).submit();
        return (await commit.getStatus()).code;
      };

      it('follows the policy of the collection', async () => {
        expect(await codeOf('customs', 'CustomsMSP', 'BusinessMSP')).to.equal(0);
        expect(await codeOf('customs', 'PortMSP', 'BusinessMSP')).to.equal(10);
      });

      it('of an implicit collection is its organisation’s alone', async () => {
        const collection = implicitCollection('PortMSP');
        expect(await codeOf(collection, 'PortMSP')).to.equal(0);
        expect(await codeOf(collection, 'CustomsMSP', 'BusinessMSP')).to.equal(10);
        expect(await read('port', collection, 'k')).to.equal('v');
        const error = await refusalOf(of('customs').evaluateTransaction('getPrivate', collection, 'k'));
        expect(error.message).to.contain('private data matching public hash version is not available');
      });

      it('with transient data asks members of the collection only', async () => {
        const transaction = await of('customs')
          .newProposal('putPrivate', { arguments: ['shared', 'k'], transientData: { value: 'v' } })
          .endorse();
        expect(endorsersOf(transaction.getBytes()).toSorted()).to.deep.equal(['CustomsMSP', 'PortMSP']);
      });

      it('with transient data is refused where others are needed, and done if the client names them', async () => {
        const options = { arguments: ['customs', 'k'], transientData: { value: 'v' } };
        const error = await refusalOf(of('customs').submit('putPrivate', options));
        expect(error.code).to.equal(status.FAILED_PRECONDITION);
        expect(error.message).to.contain(
          'requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [customs]; retry specifying trusted endorsing organizations',
        );
        await of('customs').submit('putPrivate', {
          ...options,
          endorsingOrganizations: ['CustomsMSP', 'PortMSP'],
        });
        expect(await read('customs', 'customs', 'k')).to.equal('v');
      });
    });

    it('comes with the blocks to clients and from peers of its members', async () => {
      await put('customs', 'shared', 'delivered', 'with the block');
      const start = BigInt(network.embedded.ledger.height() - 1);
      const valuesFor = async (at: OrganizationName, client: OrganizationName): Promise<boolean> => {
        const { gateway } = network.connect(at, network.user(client));
        const events = await gateway
          .getNetwork(network.embedded.channel)
          .getBlockAndPrivateDataEvents({ startBlock: start });
        for await (const event of events) {
          events.close();
          return Buffer.from(event.serializeBinary()).includes('with the block');
        }
        throw new Error('no block came');
      };
      expect(await valuesFor('customs', 'port')).to.equal(true);
      expect(await valuesFor('customs', 'business')).to.equal(false);
      expect(await valuesFor('business', 'customs')).to.equal(false);
    });

    describe('in the end', () => {
      it('leaves a chain on which every replay agrees', () => {
        expect(disagreements(network.embedded.ledger)).to.deep.equal([]);
      });
    });
  });
}
