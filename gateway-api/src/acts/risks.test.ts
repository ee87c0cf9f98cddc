import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, listAt, membersAt } from '../testing/read.js';
import { act, fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, importer } from '../testing/test-gateway.js';

const officer: Caller = {
  subject: 't',
  org: 'customs',
  party: 'OFFICER-7',
  role: 'customs_officer',
  admin: false,
};
const customsAdmin: Caller = { subject: 't', org: 'customs', admin: true };
const rules = { name: 'import', version: '2026.2' };

describe('risk assessments over GraphQL', () => {
  let business: TestGateway;
  let customs: TestGateway;

  before(async () => {
    business = await (await TestGateway.open()).start();
    await prepared(business);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    const input = { partyId: 'OFFICER-7', name: 'An officer', roles: ['customs_officer'] };
    await act(customs, customsAdmin, 'registerParty', input);
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  it('shows each with its rules, its reasons and its block', async () => {
    const asked = 'risk { number score declaration by verification { block } } receipt { block }';
    const scores = [];
    for (const points of [30, -5]) {
      const contributions = [{ rule: 'origin.duty', points, reason: 'Anti-dumping duty' }];
      const input = { ucr: UCR, rules, score: points, contributions };
      const { risk, receipt } = await act(customs, officer, 'assessRisk', input, asked);
      const { number, score, declaration, by, verification } = membersAt({ risk }, 'risk');
      expect(verification).to.deep.equal(receipt);
      scores.push([number, score, declaration, by]);
    }
    expect(scores).to.deep.equal([
      [1, 30, null, 'OFFICER-7'],
      [2, -5, null, 'OFFICER-7'],
    ]);
    const fields = 'rules { name version } score contributions { rule points reason } act { party }';
    const query = `{ shipment(ucr: "${UCR}") { risks { nodes { ${fields} } } } }`;
    const [first, second] = listAt(fine(await customs.ask(query, officer)), 'shipment.risks.nodes');
    expect(first).to.deep.equal({
      rules,
      score: 30,
      contributions: [{ rule: 'origin.duty', points: 30, reason: 'Anti-dumping duty' }],
      act: { party: 'OFFICER-7' },
    });
    expect(at(second, 'score')).to.equal(-5);
  });

  it('keeps both from the consignment’s own parties', async () => {
    const query = `{ shipment(ucr: "${UCR}") { ucr risks { nodes { number } } proposedRisk { score } } }`;
    const nothing = { ucr: UCR, risks: { nodes: [] }, proposedRisk: null };
    expect(fine(await business.ask(query, importer))).to.deep.equal({ shipment: nothing });
    const shown = membersAt(
      fine(await business.ask(query, { subject: 't', org: 'auditor', admin: false })),
      'shipment',
    );
    expect(at(shown, 'risks.nodes')).to.have.length(2);
    expect(shown['proposedRisk']).to.have.property('score');
  });

  it('proposes a score by what is recorded', async () => {
    const query = `{ shipment(ucr: "${UCR}") { proposedRisk { rules { name version } score contributions { rule } } } }`;
    const proposal = async (): Promise<unknown> =>
      at(fine(await customs.ask(query, officer)), 'shipment.proposedRisk');
    const own = { name: 'passage', version: '3' };
    expect(await proposal()).to.deep.equal({ rules: own, score: 0, contributions: [] });
    const given = { partyId: importer.party, status: 'given', reason: 'audited' };
    await act(customs, officer, 'decideAeo', given);
    expect(await proposal()).to.deep.equal({
      rules: own,
      score: -30,
      contributions: [{ rule: 'trader.aeo' }],
    });
  });
});
