/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { fine, prepared } from './testing/story.js';
import { TestGateway, UCR, importer } from './testing/test-gateway.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

/** What the timeline is asked for. */
interface Story {
  readonly trace: {
    readonly shipment: { readonly customs: unknown };
    readonly edges: readonly {
      readonly node: {
        readonly __typename: string;
        readonly decision: string;
        readonly hold?: { readonly number: number } | null;
        readonly act: { readonly party: string };
      };
    }[];
  };
  readonly forgeries: readonly unknown[];
}

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
  let requests = 0;

  before(async () => {
    business = await (await TestGateway.open()).start();
    await prepared(business);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    await act(customsAdmin, 'registerParty', {
      partyId: 'OFFICER-7',
      name: 'An officer',
      roles: ['customs_officer'],
    });
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  const act = async (caller: Caller, name: string, input: object, fields = ''): Promise<Data> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} receipt { block } } }`;
    requests += 1;
    const answer = await customs.ask(query, caller, {
      input: { requestId: `act-${String(requests)}`, ...input },
    });
    return fine(answer)[name];
  };

  it('shows a hold, the release of a unit from it, its end and the release of the goods', async () => {
    const held = await act(
      officer,
      'placeHold',
      { ucr: UCR, legalBasis, response: '5', carriedBy: [unit], reason: 'scan' },
      'hold { number kind inForce carriedBy placed { by response legalBasis reason } } customs { status }',
    );
    expect(held.hold).to.deep.equal({
      number: 1,
      kind: 'hold',
      inForce: true,
      carriedBy: [unit],
      placed: { by: 'OFFICER-7', response: '5', legalBasis, reason: 'scan' },
    });
    expect(held.customs).to.deep.equal({ status: 'held' });

    const release = { ucr: UCR, hold: 1, legalBasis, response: '9' };
    const partial = await act(
      officer,
      'releaseHold',
      { ...release, units: [unit] },
      'hold { inForce partial { units decision { by } } }',
    );
    expect(partial.hold).to.deep.equal({
      inForce: true,
      partial: [{ units: [unit], decision: { by: 'OFFICER-7' } }],
    });
    const lifted = await act(officer, 'releaseHold', release, 'hold { inForce lifted { response } }');
    expect(lifted.hold).to.deep.equal({ inForce: false, lifted: { response: '9' } });

    const paper = { document: 'P-1', at: new Date().toISOString() };
    const released = await act(
      officer,
      'releaseGoods',
      { ucr: UCR, legalBasis, paper },
      'customs { status release { response paper { document at } } holds { number } }',
    );
    expect(released.customs).to.deep.equal({
      status: 'released',
      release: { response: '4', paper },
      holds: [{ number: 1 }],
    });
  });

  it('tells it in the shipment’s timeline, and finds nothing forged', async () => {
    const query = `{
      trace(ucr: "${UCR}") {
        shipment { customs { status customs } }
        edges { node { __typename ... on CustomsDecision { decision hold { number } act { party } } } }
      }
      forgeries { key }
    }`;
    const { trace, forgeries }: Story = fine(await customs.ask(query, officer));
    expect(forgeries).to.deep.equal([]);
    expect(trace.shipment.customs).to.deep.equal({ status: 'released', customs: 'CustomsMSP' });
    const decisions = trace.edges
      .map(({ node }) => node)
      .filter(({ __typename }) => __typename === 'CustomsDecision')
      .map(({ decision, hold, act }) => [decision, hold?.number, act.party]);
    expect(decisions).to.deep.equal([
      ['goods_held', 1, 'OFFICER-7'],
      ['units_released', 1, 'OFFICER-7'],
      ['hold_lifted', 1, 'OFFICER-7'],
      ['goods_released', undefined, 'OFFICER-7'],
    ]);
  });

  it('lets nobody else decide', async () => {
    const query = 'mutation ($input: PlaceHoldInput!) { placeHold(input: $input) { receipt { block } } }';
    const input = { requestId: 'x', ucr: UCR, legalBasis, response: '5' };
    const { errors } = await business.ask(query, importer, { input });
    expect(errors?.[0]?.extensions).to.deep.include({ code: 'ROLE_NOT_HELD' });
  });
});
