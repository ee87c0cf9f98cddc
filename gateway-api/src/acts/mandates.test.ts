import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, membersAt } from '../testing/read.js';
import { act, fine, prepared, registerParty, send } from '../testing/story.js';
import { TestGateway, UCR, admin, carrier, importer } from '../testing/test-gateway.js';

const broker: Caller = { subject: 't', org: 'business', party: 'BROKER', role: 'broker', admin: false };

describe('parties and mandates over GraphQL', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
    await registerParty(gateway, 'BROKER', 'broker');
  });
  after(() => gateway.remove());

  it('changes a party by the word of its organisation', async () => {
    const input = {
      partyId: 'BROKER',
      roles: ['broker', 'forwarder'],
      identifiers: { gln: '4012345000009', registration: { country: 'KR', number: '110111' } },
    };
    const fields = 'party { name roles gln registration { country number } aeo { status } }';
    const { party } = await act(gateway, admin, 'updateParty', input, fields);
    expect(party).to.deep.equal({
      name: 'Party BROKER',
      roles: ['broker', 'forwarder'],
      gln: '4012345000009',
      registration: { country: 'KR', number: '110111' },
      aeo: null,
    });
  });

  it('lets a broker act for its mandator, says so, and stops it when the mandate is withdrawn', async () => {
    const { mandate } = await act(
      gateway,
      importer,
      'grantMandate',
      { requestId: 'm1', mandatary: 'BROKER', scope: ['OpenShipment'], until: '2999-01-01T00:00:00.000Z' },
      'mandate { mandator mandate scope withdrawnAt verification { checks } }',
    );
    expect(mandate).to.deep.include({ mandator: 'KRIMP01', mandate: 'm1', scope: ['OpenShipment'] });
    const opening = (ucr: string): object => ({
      ucr,
      goods: [{ hs: '850760', hsEdition: '2022' }],
      origin: 'CN',
      departure: 'CN',
      transportMode: '1',
      parties: { importer: 'KRIMP01' },
      custodian: 'CARRIER',
      onBehalfOf: { party: 'KRIMP01', mandate: 'm1' },
    });
    const { shipment } = await act(
      gateway,
      broker,
      'openShipment',
      opening('6KRKRIMP01-BROKER'),
      'shipment { opener act { party role onBehalfOf } }',
    );
    expect(shipment).to.deep.equal({
      opener: 'KRIMP01',
      act: { party: 'BROKER', role: 'broker', onBehalfOf: 'KRIMP01' },
    });
    const withdrawn = await act(
      gateway,
      importer,
      'withdrawMandate',
      { mandatary: 'BROKER', mandate: 'm1' },
      'mandate { withdrawnAt }',
    );
    expect(at(withdrawn, 'mandate.withdrawnAt')).to.be.a('string');
    const { errors } = await send(
      gateway,
      broker,
      'openShipment',
      opening('6KRKRIMP01-LATER'),
      'shipment { ucr }',
    );
    expect(errors?.[0]?.extensions).to.include({ code: 'MANDATE_ENDED' });
    const { party } = fine(
      await gateway.ask('{ party(id: "KRIMP01") { mandates { nodes { mandatary withdrawnAt } } } }'),
    );
    expect(at(party, 'mandates.nodes')).to.deep.equal([
      { mandatary: 'BROKER', ...membersAt(withdrawn, 'mandate') },
    ]);
  });

  it('shows whom the custodian has named, and refuses others', async () => {
    const input = { ucr: UCR, partyId: 'BROKER', role: 'broker' };
    const { errors } = await send(gateway, broker, 'nameParty', input, 'shipment { ucr }');
    expect(errors?.[0]?.extensions).to.include({ code: 'MAY_NOT_NAME' });
    const { shipment } = await act(
      gateway,
      carrier,
      'nameParty',
      input,
      'shipment { named { nodes { party role namedBy } } }',
    );
    expect(at(shipment, 'named.nodes')).to.deep.equal([
      { party: 'BROKER', role: 'broker', namedBy: 'CARRIER' },
    ]);
  });

  it("refuses a trader's decision on trusted traders", async () => {
    const input = { partyId: 'KRIMP01', status: 'given', reason: 'x' };
    const { errors } = await send(gateway, importer, 'decideAeo', input, 'party { id }');
    expect(errors?.[0]?.extensions).to.include({ code: 'ROLE_NOT_HELD' });
  });
});
