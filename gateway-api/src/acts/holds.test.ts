import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, nodesOf } from '../testing/read.js';
import { act, fine, prepared, send } from '../testing/story.js';
import { TestGateway, UCR, importer } from '../testing/test-gateway.js';

const unit = 'container:CSQU3054383';
const legalBasis = 'art. 188';
const officer: Caller = {
  subject: 't',
  org: 'customs',
  party: 'OFFICER-7',
  role: 'customs_officer',
  admin: false,
};
const customsAdmin: Caller = { subject: 't', org: 'customs', admin: true };

/** A gateway of business and one of customs, on one ledger. */
describe('holds and releases over GraphQL', () => {
  let business: TestGateway;
  let customs: TestGateway;

  before(async () => {
    business = await (await TestGateway.open()).start();
    await prepared(business);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    await act(customs, customsAdmin, 'registerParty', {
      partyId: 'OFFICER-7',
      name: 'An officer',
      roles: ['customs_officer'],
    });
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  it('shows a hold, the release of a unit from it, its end and the release of the goods', async () => {
    const held = await act(
      customs,
      officer,
      'placeHold',
      { ucr: UCR, legalBasis, response: '5', carriedBy: [unit], reason: 'scan' },
      'hold { number kind inForce carriedBy placed { by response legalBasis reason } } customs { status }',
    );
    expect(held['hold']).to.deep.equal({
      number: 1,
      kind: 'hold',
      inForce: true,
      carriedBy: [unit],
      placed: { by: 'OFFICER-7', response: '5', legalBasis, reason: 'scan' },
    });
    expect(held['customs']).to.deep.equal({ status: 'held' });

    const release = { ucr: UCR, hold: 1, legalBasis, response: '9' };
    const partial = await act(
      customs,
      officer,
      'releaseHold',
      { ...release, units: [unit] },
      'hold { inForce partial { units decision { by } } }',
    );
    expect(partial['hold']).to.deep.equal({
      inForce: true,
      partial: [{ units: [unit], decision: { by: 'OFFICER-7' } }],
    });
    const lifted = await act(
      customs,
      officer,
      'releaseHold',
      release,
      'hold { inForce lifted { response } }',
    );
    expect(lifted['hold']).to.deep.equal({ inForce: false, lifted: { response: '9' } });

    const paper = { document: 'P-1', at: new Date().toISOString() };
    const released = await act(
      customs,
      officer,
      'releaseGoods',
      { ucr: UCR, legalBasis, paper },
      'customs { status release { response paper { document at } } holds { nodes { number } } }',
    );
    expect(released['customs']).to.deep.equal({
      status: 'released',
      release: { response: '4', paper },
      holds: { nodes: [{ number: 1 }] },
    });
  });

  it('tells it in the shipment’s timeline, and finds nothing forged', async () => {
    const query = `{
      trace(ucr: "${UCR}") {
        shipment { customs { status customs } }
        edges { node { __typename ... on CustomsDecision { decision hold { number } act { party } } } }
      }
      forgeries { nodes { key } }
    }`;
    const { trace, forgeries } = fine(await customs.ask(query, officer));
    expect(at(forgeries, 'nodes')).to.deep.equal([]);
    expect(at(trace, 'shipment.customs')).to.deep.equal({ status: 'released', customs: 'CustomsMSP' });
    const decisions = nodesOf(trace)
      .filter((node) => at(node, '__typename') === 'CustomsDecision')
      .map((node) => [at(node, 'decision'), at(node, 'hold'), at(node, 'act.party')]);
    expect(decisions).to.deep.equal([
      ['goods_held', { number: 1 }, 'OFFICER-7'],
      ['units_released', { number: 1 }, 'OFFICER-7'],
      ['hold_lifted', { number: 1 }, 'OFFICER-7'],
      ['goods_released', null, 'OFFICER-7'],
    ]);
  });

  it('lets nobody else decide', async () => {
    const { errors } = await send(business, importer, 'placeHold', { ucr: UCR, legalBasis, response: '5' });
    expect(errors?.[0]?.extensions).to.deep.include({ code: 'ROLE_NOT_HELD' });
  });
});
