import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { openShipment, prepared, record, registerParty } from '../testing/story.js';
import { TestGateway, UCR, admin, auditor, carrier, importer } from '../testing/test-gateway.js';

/** Another of the importer's. */
const OTHER = '6KRKRIMP01-0002';

const stranger: Caller = { subject: 's', org: 'business', party: 'STRANGER', role: 'broker', admin: false };

describe('the timeline of one consignment', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    const device = await prepared(gateway);
    await registerParty(gateway, 'STRANGER', 'broker');
    await openShipment(gateway, { ucr: OTHER });
    await record(gateway, [device.statement(UCR), device.statement(UCR)], carrier);
  });
  after(() => gateway.remove());

  const shown = async (caller: Caller, ucr: string, block?: number): Promise<readonly unknown[]> => {
    const { whole, sights } = gateway.gateway.services;
    const seen = whole.seenBy(await sights.of(caller));
    const reader = block === undefined ? seen : seen.knownAt(block);
    const list = reader.shipments.timeline(ucr);
    const { rows } = await list.page({ first: 10 });
    expect(await list.count()).to.equal(rows.length);
    expect(await list.all()).to.have.length(rows.length);
    expect((await reader.shipments.shipment(ucr))?.ucr).to.equal(rows.length === 0 ? undefined : ucr);
    return rows.map(({ row }) => [row.kind, row.jws === null]);
  };

  const opened = ['shipment_opened', true];
  const observed = ['observation', false];

  it('is whole for who sees the consignment, and empty for everyone else, by turns', async () => {
    for (let turn = 0; turn < 2; turn++) {
      for (const caller of [importer, carrier, auditor])
        expect(await shown(caller, UCR)).to.deep.equal([opened, observed, observed]);
      expect(await shown(stranger, UCR)).to.deep.equal([]);
      expect(await shown(admin, UCR)).to.deep.equal([]);
      expect(await shown(importer, OTHER)).to.deep.equal([opened]);
      expect(await shown(stranger, OTHER)).to.deep.equal([]);
    }
  });

  it('is seen by who is named in it from then on, with the same reader', async () => {
    expect(await shown(stranger, OTHER)).to.deep.equal([]);
    const index = gateway.gateway.services.whole;
    const before = index.seenBy({
      viewers: ['party:STRANGER'],
      party: 'STRANGER',
      isCustoms: false,
      certifies: false,
    });
    const input = { requestId: 'n', ucr: OTHER, partyId: 'STRANGER', role: 'broker' };
    const query = 'mutation ($input: NamePartyInput!) { nameParty(input: $input) { receipt { block } } }';
    const { errors } = await gateway.ask(query, importer, { input });
    expect(errors?.map(({ message }) => message)).to.equal(undefined);
    expect(await shown(stranger, OTHER)).to.deep.equal([opened]);
    expect(await before.shipments.timeline(OTHER).count()).to.equal(1);
  });

  it('is read as it was known before', async () => {
    const newest = gateway.ledger.chain.length - 1;
    expect(await shown(carrier, UCR, newest)).to.have.length(3);
    expect(await shown(carrier, UCR, 1)).to.deep.equal([]);
  });
});
